import {
  Bxml,
  CallbackMethodEnum,
  CallDirectionEnum,
  CallStateEnum,
  CallsApi,
  Configuration,
} from 'bandwidth-sdk';
import { describe, expect, it } from 'vitest';
import { ask, bandwidth, basic, members } from './emulated.ts';

/**
 * Bandwidth's own client against the emulator. Each operation has `https://voice.bandwidth.com/api/v2` as its server,
 * but a `basePath` in the configuration goes before it; the constructor's second argument never counts.
 */
async function sdk(credentials: 'basic' | 'oauth' = 'basic') {
  const emulated = await bandwidth();
  const { carrier } = emulated;
  const accessToken = async () => {
    const authorization = basic(carrier.clientId, carrier.clientSecret);
    const form = { grant_type: 'client_credentials' };
    return String(members(await ask(carrier.tokenUrl, { form, headers: { authorization } })).access_token);
  };
  const password = { username: carrier.username, password: carrier.password };
  const apiWith = (own: object) => new CallsApi(new Configuration({ basePath: carrier.baseUrl, ...own }));
  const api = apiWith(credentials === 'basic' ? password : { accessToken });
  const body = {
    applicationId: carrier.applicationId,
    to: '+19195551234',
    from: '+19195554321',
    answerUrl: 'https://app.example/callbacks/answer',
  };
  return { ...emulated, api, apiWith, body, accountId: carrier.accountId };
}

/** The status of what an operation throws. */
async function refusal(operation: Promise<unknown>): Promise<unknown> {
  return operation.then(
    () => 'no refusal',
    (error: { response?: { status: number } }) => error.response?.status,
  );
}

const bxml =
  '<?xml version="1.0" encoding="UTF-8"?><Bxml><SpeakSentence locale="en_US" gender="female" voice="susan">This is a test bxml response</SpeakSentence><Pause duration="3"/></Bxml>';

/** Verbs in the order of the SDK's smoke test, built by its own classes. */
const oneOff = new Bxml.Response([
  new Bxml.Tag('testTag'),
  new Bxml.Conference('my-conference', { mute: true, conferenceEventUrl: 'https://initial.example' }),
  new Bxml.SpeakSentence('Hello', { gender: 'female', locale: 'en_US' }),
  new Bxml.SendDtmf('1234', { toneDuration: 50 }),
  new Bxml.Hangup(),
]).toBxml();
const startAndStop = new Bxml.Bxml([
  new Bxml.StartGather({ dtmfUrl: 'https://initial.example' }),
  new Bxml.StopGather(),
  new Bxml.StartRecording({ fileFormat: 'wav' }),
  new Bxml.PauseRecording(),
  new Bxml.ResumeRecording(),
  new Bxml.StopRecording(),
  new Bxml.StartStream({ name: 'initialName', destination: 'wss://initial.example' }),
  new Bxml.StopStream({ name: 'initialName' }),
  new Bxml.StartTranscription({ name: 'initialName' }),
  new Bxml.StopTranscription({ name: 'initialName' }),
]).toBxml();

describe('bandwidth-sdk against the emulator', () => {
  it('creates a call, as its own smoke test does', async () => {
    const { api, accountId, body } = await sdk();
    const { status, data, headers } = await api.createCall(accountId, {
      ...body,
      privacy: false,
      displayName: 'NodeJS SDK',
      answerMethod: CallbackMethodEnum.Post,
      disconnectUrl: 'https://app.example/callbacks/disconnect',
      disconnectMethod: CallbackMethodEnum.Get,
      machineDetection: {
        mode: 'async',
        detectionTimeout: 5,
        silenceTimeout: 5,
        delayResult: true,
        callbackUrl: 'https://app.example/machineDetection',
        callbackMethod: CallbackMethodEnum.Post,
      },
      callTimeout: 30,
      callbackTimeout: 15,
    });
    expect(status).toBe(201);
    expect(data.callId).toHaveLength(47);
    expect(headers.location).toBe(data.callUrl);
    expect(data).toMatchObject({
      ...body,
      accountId,
      callTimeout: 30,
      callbackTimeout: 15,
      answerMethod: 'POST',
      answerFallbackMethod: 'POST',
      disconnectMethod: 'GET',
      priority: 5,
    });
  });

  it('works the same with a token', async () => {
    const { api, accountId, body, carrier } = await sdk('oauth');
    expect((await api.createCall(accountId, body)).status).toBe(201);
    expect(carrier.journal.at(-1)?.headers.authorization).toMatch(/^Bearer /);
  });

  it('gets a call', async () => {
    const { api, accountId, body, clock } = await sdk();
    const { callId } = (await api.createCall(accountId, body)).data;
    clock.advance(5_000);
    const { status, data } = await api.getCallState(accountId, callId);
    expect(status).toBe(200);
    expect(data).toMatchObject({
      accountId,
      callId,
      direction: CallDirectionEnum.Outbound,
      state: 'answered',
    });
    expect(new Date(data.enqueuedTime ?? 0).getTime()).toBeGreaterThan(0);
  });

  it('lists calls and pages through them by the Link header', async () => {
    const { api, accountId, carrier } = await sdk();
    const added = Array.from({ length: 5 }, () => carrier.add({ to: '+19195550001' }).callId);
    carrier.add({ to: '+19195550002' });
    const found: unknown[] = [];
    let token: string | undefined;
    do {
      const page = await api.listCalls(
        accountId,
        '+19195550001',
        undefined,
        undefined,
        undefined,
        undefined,
        2,
        token,
      );
      expect(page.status).toBe(200);
      found.push(...page.data.map((call) => call.callId));
      const link = /<([^>]+)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1];
      token = link === undefined ? undefined : (new URL(link).searchParams.get('pageToken') ?? undefined);
    } while (token !== undefined);
    expect(found).toEqual(added);
  });

  it('redirects a call and hangs it up', async () => {
    const { api, accountId, body, clock } = await sdk();
    const { callId } = (await api.createCall(accountId, body)).data;
    clock.advance(5_000);
    const redirect = { state: CallStateEnum.Active, redirectUrl: 'https://app.example/bxml/pause' };
    expect(await api.updateCall(accountId, callId, redirect)).toMatchObject({ status: 200, data: '' });
    expect((await api.updateCall(accountId, callId, { state: CallStateEnum.Completed })).status).toBe(200);
    expect((await api.getCallState(accountId, callId)).data.disconnectCause).toBe('hangup');
  });

  it('sends BXML', async () => {
    const { api, accountId, body, clock } = await sdk();
    const { callId } = (await api.createCall(accountId, body)).data;
    clock.advance(5_000);
    expect((await api.updateCallBxml(accountId, callId, bxml)).status).toBe(204);
  });

  it.each([
    ['one-off verbs, Hangup among the last', oneOff],
    ['verbs that do not block', startAndStop],
    ['a Forward', '<Response><Forward to="+19195551234" from="+19195554321" callTimeout="5"/></Response>'],
    [
      'a Redirect',
      '<Response><Redirect redirectUrl="https://initial.example" redirectMethod="POST"/></Response>',
    ],
    ['a sentence and a pause', bxml],
    ['one sentence', '<Bxml>  <SpeakSentence>This is a test sentence.</SpeakSentence></Bxml>'],
  ])('ends a call five seconds after %s, as its own smoke tests do', async (_, document) => {
    const { api, accountId, body, clock } = await sdk();
    const { callId } = (await api.createCall(accountId, body)).data;
    // The shortest wait of Bandwidth's clients between a create and the next step; then the longest.
    clock.advance(3_000);
    expect((await api.updateCallBxml(accountId, callId, document)).status).toBe(204);
    const answered = (await api.getCallState(accountId, callId)).data;
    clock.advance(document === startAndStop ? 3_000 : 5_000);
    const completed = await api.updateCall(accountId, callId, { state: CallStateEnum.Completed });
    expect([answered.state, completed.status]).toEqual(['answered', 200]);
  });

  it('is told of machineDetection that the schema does not allow', async () => {
    const { api, accountId, body } = await sdk();
    const create = (machineDetection: object) => api.createCall(accountId, { ...body, machineDetection });
    expect(await refusal(create({ mode: 'whenever' }))).toBe(400);
    expect(await refusal(create({ callbackUrl: 'ftp://app.example' }))).toBe(400);
    expect(await refusal(create({ callbackMethod: 'PUT' }))).toBe(400);
    expect(await refusal(create({ detectionTimeout: 'long' }))).toBe(400);
  });

  it('is told with a body why a call cannot be changed', async () => {
    const { api, accountId, carrier } = await sdk();
    const { callId } = carrier.add({});
    const data = {
      type: 'validation',
      description: `Call [${callId}] cannot be modified in its current state`,
      id: '',
    };
    const completed = api.updateCall(accountId, callId, { state: CallStateEnum.Completed });
    await expect(completed).rejects.toMatchObject({ response: { status: 409, data } });
    await expect(api.updateCallBxml(accountId, callId, bxml)).rejects.toMatchObject({ response: { data } });
  });

  it('sees 400, 401, 403, 404 and 409 as the real service gives them', async () => {
    const { api, apiWith, accountId, body, carrier } = await sdk();
    const stranger = apiWith({});
    const wrong = apiWith({ username: 'nobody', password: 'nothing' });
    const denied = apiWith({ username: carrier.forbiddenUsername, password: carrier.forbiddenPassword });
    const { callId } = carrier.add({});
    const live = carrier.add({ state: 'answered' });
    // @ts-expect-error as its own unit test does it, without anything that is required
    expect(await refusal(api.createCall(accountId, {}))).toBe(400);
    expect(await refusal(api.createCall(accountId, { ...body, to: '+1invalid' }))).toBe(400);
    expect(await refusal(api.updateCallBxml(accountId, live.callId, 'invalid BXML'))).toBe(400);
    expect(await refusal(stranger.getCallState(accountId, 'c-1234'))).toBe(401);
    expect(await refusal(wrong.getCallState(accountId, 'c-1234'))).toBe(401);
    expect(await refusal(denied.getCallState(accountId, 'c-1234'))).toBe(403);
    expect(await refusal(api.getCallState(accountId, 'does-not-exist'))).toBe(404);
    expect(await refusal(api.updateCall(accountId, callId, { state: CallStateEnum.Completed }))).toBe(409);
    expect(await refusal(api.updateCallBxml(accountId, callId, bxml))).toBe(409);
  });
});
