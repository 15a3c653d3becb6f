import { describe, expect, it } from 'vitest';
import { bandwidth, members } from './emulated.ts';

describe('Bandwidth createCall', () => {
  it('answers 201, Location, and the request with its defaults', async () => {
    const { carrier, create, clock } = await bandwidth();
    const answer = await create();
    const { callId, callUrl } = members(answer);
    expect(answer.status).toBe(201);
    expect(callId).toMatch(/^c-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(callId).toHaveLength(47);
    expect(callUrl).toBe(`${carrier.baseUrl}/accounts/9900000/calls/${callId}`);
    expect(answer.headers.get('location')).toBe(callUrl);
    expect(answer.data).toEqual({
      applicationId: carrier.applicationId,
      accountId: '9900000',
      callId,
      to: '+19195551234',
      from: '+19195554321',
      enqueuedTime: new Date(clock.now()).toISOString(),
      callUrl,
      callTimeout: 30,
      callbackTimeout: 15,
      tag: null,
      answerMethod: 'POST',
      answerUrl: 'https://app.example/answer',
      answerFallbackMethod: 'POST',
      answerFallbackUrl: null,
      disconnectMethod: 'POST',
      disconnectUrl: null,
      username: null,
      password: null,
      fallbackUsername: null,
      fallbackPassword: null,
      priority: 5,
    });
  });

  it('echoes what was set, the passwords masked, and not privacy, displayName, uui or machineDetection', async () => {
    const { create } = await bandwidth();
    const given = {
      callTimeout: 12.5,
      callbackTimeout: 25,
      priority: 1,
      tag: 'a tag',
      answerMethod: 'GET',
      answerFallbackUrl: 'https://app.example/fallback',
      answerFallbackMethod: 'GET',
      disconnectUrl: 'http://app.example/disconnect',
      disconnectMethod: 'GET',
      username: 'name',
      fallbackUsername: 'other',
    };
    const hidden = {
      privacy: true,
      displayName: 'Anonymous',
      uui: 'x;encoding=hex',
      machineDetection: { mode: 'async' },
    };
    const answer = await create({ ...given, ...hidden, password: 'secret', fallbackPassword: 'secret' });
    expect(answer).toMatchObject({
      status: 201,
      data: { ...given, password: '*****', fallbackPassword: '*****' },
    });
    expect(Object.keys(members(answer))).toEqual(expect.not.arrayContaining(Object.keys(hidden)));
  });

  it('takes explicit nulls, unknown members, SIP addresses and a trailing slash', async () => {
    const { create, send, calls, carrier } = await bandwidth();
    expect(await create({ tag: null, callTimeout: null, username: null, novelty: 1 })).toMatchObject({
      status: 201,
    });
    expect(await create({ to: 'sip:user@example.com' })).toMatchObject({
      status: 201,
      data: { to: 'sip:user@example.com' },
    });
    const json = {
      to: '+19195551234',
      from: '+19195554321',
      applicationId: carrier.applicationId,
      answerUrl: 'http://a.example',
    };
    expect(await send(`${calls}/`, { json })).toMatchObject({ status: 201 });
  });

  it('calls twice when sent twice', async () => {
    const { create, carrier } = await bandwidth();
    const [first, second] = [members(await create()), members(await create())];
    expect(first.callId).not.toBe(second.callId);
    expect(carrier.calls).toHaveLength(2);
  });

  const missing =
    'Missing at least one required field. Required fields are [from, to, answerUrl, applicationId]';
  const wrong = 'There is something wrong with the request';
  const method = (url: string) => `Invalid ${url} method. Supported methods: [POST, GET]`;
  const scheme = (url: string) => `Invalid ${url}: only http and https are allowed`;
  it.each<[string, Record<string, unknown>, string]>([
    ['no to', { to: undefined }, missing],
    ['no from', { from: undefined }, missing],
    ['no answerUrl', { answerUrl: undefined }, missing],
    ['a null applicationId', { applicationId: null }, missing],
    ['+1invalid', { to: '+1invalid' }, 'Invalid to: must be an E164 telephone number'],
    ['invalidNumberFormat', { to: 'invalidNumberFormat' }, 'Invalid to: must be an E164 telephone number'],
    ['a from of scooby-doo', { from: 'scooby-doo' }, 'Invalid from: must be an E164 telephone number'],
    ['a privacy word as from', { from: 'Anonymous' }, 'Invalid from: must be an E164 telephone number'],
    [
      'an ftp answerUrl',
      { answerUrl: 'ftp://a.example' },
      'Invalid answerUrl: only http and https are allowed',
    ],
    ['a relative answerUrl', { answerUrl: '/answer' }, 'Invalid answerUrl: only http and https are allowed'],
    ['credentials over http', { answerUrl: 'http://a.example', username: 'u', password: 'p' }, wrong],
    ['a long answerUrl', { answerUrl: `https://a.example/${'x'.repeat(2048)}` }, wrong],
    ['answerMethod PUT', { answerMethod: 'PUT' }, 'Invalid answerUrl method. Supported methods: [POST, GET]'],
    [
      'a short callTimeout',
      { callTimeout: 0.5 },
      'callTimeout must be within the range [1, 300], but was 0.5',
    ],
    [
      'a long callTimeout',
      { callTimeout: 301 },
      'callTimeout must be within the range [1, 300], but was 301',
    ],
    [
      'a long callbackTimeout',
      { callbackTimeout: 26 },
      'callbackTimeout must be within the range [1, 25], but was 26',
    ],
    ['priority 6', { priority: 6 }, 'priority must be within the range [1, 5], but was 6'],
    ['a callTimeout in words', { callTimeout: 'soon' }, wrong],
    [
      'a long tag',
      { tag: 'x'.repeat(4097) },
      'Could not create call: sendCallback tag must contain at most 4096 characters',
    ],
    ['a long displayName', { displayName: 'x'.repeat(257) }, wrong],
    ['a private call with a name of its own', { privacy: true, displayName: 'Ada' }, wrong],
    ['a long uui', { uui: 'x'.repeat(351) }, wrong],
    ['a | in a URL', { answerUrl: 'https://a.example/a|b' }, wrong],
    ['non-ASCII in a URL', { disconnectUrl: 'https://a.example/é' }, wrong],
    ['a broken percent-encoding in a URL', { answerUrl: 'https://a.example/%zz' }, wrong],
    [
      'an unknown application',
      { applicationId: 'other' },
      'Could not create call: Application id other not found',
    ],
  ])('answers %s with 400', async (_, changes, description) => {
    const { create, carrier } = await bandwidth();
    const answer = await create(changes);
    expect(answer).toMatchObject({ status: 400, data: { type: 'validation', description, id: null } });
    expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(carrier.calls).toHaveLength(0);
  });

  it.each<[string, unknown, string]>([
    ['a text', 'async', wrong],
    ['a list', [], wrong],
    ['null, which the schema does not allow', null, wrong],
    ['another mode', { mode: 'later' }, wrong],
    ['a mode in upper case', { mode: 'ASYNC' }, wrong],
    ['a mode of null', { mode: null }, wrong],
    ['seconds as a text', { detectionTimeout: '15' }, wrong],
    ['seconds as an object', { machineSpeechEndThreshold: {} }, wrong],
    ['delayResult in words', { delayResult: 'true' }, wrong],
    ['callbackMethod PUT', { callbackMethod: 'PUT' }, method('callbackUrl')],
    ['fallbackMethod DELETE', { fallbackMethod: 'DELETE' }, method('fallbackUrl')],
    ['an ftp callbackUrl', { callbackUrl: 'ftp://a.example' }, scheme('callbackUrl')],
    ['a relative fallbackUrl', { fallbackUrl: '/detected' }, scheme('fallbackUrl')],
    ['a callbackUrl that is no URI', { callbackUrl: 'https://a.example/{id}' }, wrong],
    ['a long callbackUrl', { callbackUrl: `https://a.example/${'x'.repeat(2048)}` }, wrong],
    ['a long password', { password: 'x'.repeat(1025) }, wrong],
    ['a username that is a number', { fallbackUsername: 7 }, wrong],
  ])('answers machineDetection with %s with 400', async (_, machineDetection, description) => {
    const { create, carrier } = await bandwidth();
    const answer = await create({ machineDetection });
    expect(answer).toMatchObject({ status: 400, data: { type: 'validation', description, id: null } });
    expect(carrier.calls).toHaveLength(0);
  });

  it.each<[string, object]>([
    ['nothing in it', {}],
    ['what is nullable as null', { delayResult: null, callbackUrl: null, fallbackMethod: null }],
    ['decimal seconds', { mode: 'sync', silenceTimeout: 3.2 }],
    ['members of its own', { mode: 'async', novelty: 1 }],
  ])('takes machineDetection with %s', async (_, machineDetection) => {
    const { create } = await bandwidth();
    expect(await create({ machineDetection })).toMatchObject({ status: 201 });
  });

  it.each([
    ['tag', 4096],
    ['displayName', 256],
    ['uui', 350],
    ['username', 1024],
  ])('counts characters of %s, not UTF-16 units or bytes', async (member, limit) => {
    const { create } = await bandwidth();
    expect(await create({ [member]: '😀'.repeat(limit) })).toMatchObject({ status: 201 });
    expect(await create({ [member]: '😀'.repeat(limit + 1) })).toMatchObject({ status: 400 });
  });

  it.each([['{}'], ['[]'], ['null'], ['{'], ['']])('answers the body %s with 400', async (body) => {
    const { send, calls } = await bandwidth();
    const answer = await send(calls, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer).toMatchObject({ status: 400, data: { type: 'validation', id: null } });
  });

  it('answers another media type with 415 and names it', async () => {
    const { send, calls } = await bandwidth();
    const headers = { 'content-type': 'text/plain;charset=UTF-8' };
    const description = "Content type 'text/plain;charset=UTF-8' not supported";
    const answer = await send(calls, { body: '{}', headers });
    expect(answer).toMatchObject({ status: 415, data: { type: 'validation', description, id: null } });
  });

  it.each([
    ['DELETE', 'GET,POST'],
    ['PUT', 'GET,POST'],
    ['PATCH', 'GET,POST'],
  ])('answers %s with 405', async (method, allow) => {
    const { send, calls } = await bandwidth();
    const answer = await send(calls, { method });
    expect(answer).toMatchObject({
      status: 405,
      data: { type: 'validation', description: 'Method Not Allowed', id: null },
    });
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it('answers a path that is not there with 404 "Not Found"', async () => {
    const { send } = await bandwidth();
    const data = { type: 'validation', description: 'Not Found', id: null };
    expect(await send('/accounts/9900000/call')).toMatchObject({ status: 404, data });
    expect(await send('/elsewhere')).toMatchObject({ status: 404, data });
  });

  it('answers 429 once the queue of 300 seconds is full, and takes calls again as it empties', async () => {
    const { create, clock } = await bandwidth({ cps: 0.02 });
    const statuses = [];
    for (let call = 0; call < 7; call++) statuses.push((await create()).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 429]);
    const refused = await create();
    const description = 'Account call creation rate limit exceeded';
    expect(refused.data).toEqual({ type: 'error', description, id: '' });
    expect(refused.headers.get('retry-after')).toBe('1');
    clock.advance(1_000);
    expect(await create()).toMatchObject({ status: 201 });
  });

  it('answers 429 at the limit of calls under way', async () => {
    const { create, clock } = await bandwidth({ maxSessions: 1 });
    await create();
    clock.advance(1_000);
    const answer = await create();
    const description = 'Account concurrent call limit exceeded';
    expect(answer).toMatchObject({ status: 429, data: { type: 'error', description, id: '' } });
    clock.advance(200_000);
    expect(await create()).toMatchObject({ status: 201 });
  });
});
