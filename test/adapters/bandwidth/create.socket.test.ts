import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import type { ProviderError } from '../../../src/calls/failure.ts';
import type { NewCall } from '../../../src/calls/new-call.ts';
import { type BandwidthCarrier, createManualClock, startBandwidth } from '../../../src/sandbox/index.ts';
import { aNewCall } from '../../support/new-call.ts';
import { adapterOf, asked, operation } from './support.ts';

let carrier: BandwidthCarrier;
let adapter: BandwidthAdapter;

beforeAll(async () => {
  carrier = await startBandwidth({ clock: createManualClock() });
  adapter = adapterOf(carrier);
});
afterEach(() => {
  carrier.journal.clear();
  carrier.clear();
});
afterAll(async () => {
  await adapter.close();
  await carrier.close();
});

const own = (bandwidth: NonNullable<NewCall['bandwidth']>): NewCall => ({ ...aNewCall(), bandwidth });

/** The body that a create sends; the carrier takes it. */
async function bodyOf(call: NewCall): Promise<unknown> {
  await adapter.create(call, operation());
  return JSON.parse(asked(carrier)[0]?.body ?? '');
}

/** What is said against a call before anything is sent. */
async function refusal(call: NewCall, one = adapter): Promise<ProviderError> {
  const error = await one.create(call, operation()).then(
    () => expect.unreachable('it was placed'),
    (reason: ProviderError) => reason,
  );
  expect(error).toMatchObject({ name: 'ProviderError', code: 'INVALID_INPUT' });
  expect(carrier.journal).toHaveLength(0);
  return error;
}

describe('a create', () => {
  it('is one POST of JSON', async () => {
    await adapter.create(aNewCall(), operation());
    expect(asked(carrier)).toHaveLength(1);
    const [{ method, path, search, headers } = expect.unreachable()] = asked(carrier);
    expect([method, path, search]).toEqual(['POST', `/api/v2/accounts/${carrier.accountId}/calls`, '']);
    expect(headers['content-type']).toBe('application/json');
  });

  it('takes no call of another application for its own', async () => {
    const elsewhere = own({ applicationId: '11111111-aaaa-4bbb-8ccc-222222222222' });
    const call = await adapter.create(aNewCall(), operation());
    const hidden = { ...call, details: { ...call.details, applicationId: null } };
    const loud = own({ applicationId: carrier.applicationId.toUpperCase() });
    expect(adapter.fits(call, elsewhere)).toBe(false);
    expect([adapter.fits(hidden, elsewhere), adapter.fits(call, loud)]).toEqual([true, true]);
  });

  it('sends no more than it was given, and the configured application', async () => {
    expect(await bodyOf(aNewCall())).toEqual({
      to: '+19195550123',
      from: '+19195550100',
      applicationId: carrier.applicationId,
      answerUrl: 'https://example.com/answer',
      answerMethod: 'POST',
    });
  });

  it('sends everything that Bandwidth has', async () => {
    const credentials = (name: string) => ({ username: `${name}-user`, password: `${name}-password` });
    const call: NewCall = {
      from: '+19195554321',
      to: 'sip:alice@example.com',
      answerUrl: 'https://app.example/answer',
      answerMethod: 'GET',
      fallbackUrl: 'https://app.example/fallback',
      fallbackMethod: 'GET',
      statusUrl: 'https://app.example/status',
      statusMethod: 'GET',
      ringTimeout: 45,
      bandwidth: {
        applicationId: carrier.applicationId,
        privacy: true,
        displayName: 'Anonymous',
        uui: 'eyJhbGciOiJIUzI1NiJ9;encoding=jwt',
        callbackTimeout: 12.5,
        priority: 1,
        tag: 'order 66',
        callbackCredentials: credentials('callback'),
        fallbackCredentials: credentials('fallback'),
        machineDetection: {
          mode: 'SYNC',
          detectionTimeout: 15,
          silenceTimeout: 10,
          speechThreshold: 9,
          speechEndThreshold: 5,
          machineSpeechEndThreshold: 4,
          delayResult: true,
          callbackUrl: 'https://app.example/machine',
          callbackMethod: 'GET',
          callbackCredentials: credentials('machine'),
          fallbackUrl: 'https://app.example/machine-fallback',
          fallbackMethod: 'POST',
          fallbackCredentials: credentials('machine-fallback'),
        },
      },
    };
    expect(await bodyOf(call)).toEqual({
      to: 'sip:alice@example.com',
      from: '+19195554321',
      applicationId: carrier.applicationId,
      answerUrl: 'https://app.example/answer',
      answerMethod: 'GET',
      username: 'callback-user',
      password: 'callback-password',
      answerFallbackUrl: 'https://app.example/fallback',
      answerFallbackMethod: 'GET',
      fallbackUsername: 'fallback-user',
      fallbackPassword: 'fallback-password',
      disconnectUrl: 'https://app.example/status',
      disconnectMethod: 'GET',
      callTimeout: 45,
      callbackTimeout: 12.5,
      privacy: true,
      displayName: 'Anonymous',
      uui: 'eyJhbGciOiJIUzI1NiJ9;encoding=jwt',
      priority: 1,
      tag: 'order 66',
      machineDetection: {
        mode: 'sync',
        detectionTimeout: 15,
        silenceTimeout: 10,
        speechThreshold: 9,
        speechEndThreshold: 5,
        machineSpeechEndThreshold: 4,
        delayResult: true,
        callbackUrl: 'https://app.example/machine',
        callbackMethod: 'GET',
        username: 'machine-user',
        password: 'machine-password',
        fallbackUrl: 'https://app.example/machine-fallback',
        fallbackMethod: 'POST',
        fallbackUsername: 'machine-fallback-user',
        fallbackPassword: 'machine-fallback-password',
      },
    });
  });

  it('sends a method with its URL only', async () => {
    const detection = { callbackMethod: 'GET', fallbackMethod: 'GET' } as const;
    const body = await bodyOf({
      ...own({ machineDetection: detection }),
      fallbackMethod: 'GET',
      statusMethod: 'GET',
    });
    expect(JSON.stringify(body)).not.toMatch(/"(answerFallback|disconnect|callback|fallback)Method"/);
    expect(body).toMatchObject({ machineDetection: {} });
  });

  it('keeps values that are empty, false or zero', async () => {
    expect(
      await bodyOf(own({ privacy: false, tag: '', machineDetection: { delayResult: false } })),
    ).toMatchObject({
      privacy: false,
      tag: '',
      machineDetection: { delayResult: false },
    });
  });

  it('answers with the call, queued and outbound', async () => {
    const call = await adapter.create(aNewCall(), operation());
    const [wire] = carrier.calls;
    expect(call).toMatchObject({
      providerCallId: wire?.callId,
      from: '+19195550100',
      to: '+19195550123',
      direction: 'OUTBOUND',
      status: 'QUEUED',
      providerStatus: 'queued',
      createdAt: wire?.enqueuedTime,
      startedAt: null,
      answeredAt: null,
      duration: null,
      endReason: null,
      details: { applicationId: carrier.applicationId },
    });
  });

  it('gives no credential back, in a call or in an error', async () => {
    const call = own({ callbackCredentials: { username: 'mySecretUser', password: 'mySecretPassword' } });
    expect(JSON.stringify(await adapter.create(call, operation()))).not.toMatch(/mySecret|\*\*/);
    carrier.faults.add({
      times: 1,
      do: {
        kind: 'status',
        status: 400,
        body: JSON.stringify({ description: 'password mySecretPassword is bad' }),
      },
    });
    const error = await adapter.create(call, operation()).catch((reason: ProviderError) => reason);
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(`${JSON.stringify(error)} ${(error as Error).message} ${(error as Error).cause}`).not.toMatch(
      /mySecret/,
    );
  });
});

describe('the application', () => {
  it('may be named by the call', async () => {
    const one = adapterOf(carrier, { applicationId: undefined });
    const call = await one.create(own({ applicationId: carrier.applicationId }), operation());
    expect(call.details).toMatchObject({ applicationId: carrier.applicationId });
    await one.close();
  });

  it.each([
    ['nor in the call', undefined],
    ['and empty in the call', ''],
  ])('named neither in the configuration %s is INVALID_INPUT', async (_, applicationId) => {
    const one = adapterOf(carrier, { applicationId: undefined });
    const call = applicationId === undefined ? aNewCall() : own({ applicationId });
    expect((await refusal(call, one)).field).toEqual(['input', 'bandwidth', 'applicationId']);
    await one.close();
  });

  it('that Bandwidth does not know is INVALID_INPUT', async () => {
    await expect(adapter.create(own({ applicationId: 'other' }), operation())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'bandwidth', 'applicationId'],
    });
  });
});

const long = (length: number) => 'x'.repeat(length);
const url = (length: number) => `https://app.example/${long(length - 20)}`;
const credentials = { username: 'u', password: 'p' };
const control = String.fromCharCode(7);

describe('a value that Bandwidth is documented to refuse is refused before anything is sent', () => {
  it.each<[string, NewCall, string[]]>([
    ['to without a plus', { ...aNewCall(), to: '9195551234' }, ['to']],
    ['to with letters', { ...aNewCall(), to: '+1invalid' }, ['to']],
    ['to as a word', { ...aNewCall(), to: 'scooby-doo' }, ['to']],
    ['to as a SIP URI of nobody', { ...aNewCall(), to: 'sip:' }, ['to']],
    ['to of nothing', { ...aNewCall(), to: '' }, ['to']],
    ['from as a SIP URI', { ...aNewCall(), from: 'sip:a@b' }, ['from']],
    ['from as a privacy word, which it took until 2024', { ...aNewCall(), from: 'Anonymous' }, ['from']],
    ['an answerUrl of 2049', { ...aNewCall(), answerUrl: url(2049) }, ['answerUrl']],
    ['a fallbackUrl of 2049', { ...aNewCall(), fallbackUrl: url(2049) }, ['fallbackUrl']],
    ['a statusUrl of 2049', { ...aNewCall(), statusUrl: url(2049) }, ['statusUrl']],
    ['a ringTimeout of 0', { ...aNewCall(), ringTimeout: 0 }, ['ringTimeout']],
    ['a ringTimeout of 301', { ...aNewCall(), ringTimeout: 301 }, ['ringTimeout']],
    ['a callbackTimeout of 0.9', own({ callbackTimeout: 0.9 }), ['bandwidth', 'callbackTimeout']],
    ['a callbackTimeout of 25.1', own({ callbackTimeout: 25.1 }), ['bandwidth', 'callbackTimeout']],
    ['a priority of 0', own({ priority: 0 }), ['bandwidth', 'priority']],
    ['a priority of 6', own({ priority: 6 }), ['bandwidth', 'priority']],
    ['a tag of 4097', own({ tag: long(4097) }), ['bandwidth', 'tag']],
    ['a uui of 351', own({ uui: long(351) }), ['bandwidth', 'uui']],
    ['a displayName of 257', own({ displayName: long(257) }), ['bandwidth', 'displayName']],
    ['a displayName that beeps', own({ displayName: `a${control}` }), ['bandwidth', 'displayName']],
    ['a displayName with a tab', own({ displayName: 'a\tb' }), ['bandwidth', 'displayName']],
    ['a uui with a line break', own({ uui: 'a\r\nX-Evil: 1' }), ['bandwidth', 'uui']],
    ['two SIP URIs', { ...aNewCall(), to: 'sip:a@example.com,sip:b@example.com' }, ['to']],
    ['a SIP URI in brackets', { ...aNewCall(), to: '<sip:a@example.com>' }, ['to']],
    ['a number with an extension', { ...aNewCall(), to: '+19195550100;ext=12' }, ['to']],
    [
      'a user name whose half would be a password',
      own({ callbackCredentials: { ...credentials, username: 'a:b' } }),
      ['bandwidth', 'callbackCredentials', 'username'],
    ],
    [
      'a password with a line break',
      own({ fallbackCredentials: { ...credentials, password: 'a\nb' } }),
      ['bandwidth', 'fallbackCredentials', 'password'],
    ],
    ['a real name with privacy', own({ privacy: true, displayName: 'Alice' }), ['bandwidth', 'displayName']],
    [
      'http with credentials',
      { ...own({ callbackCredentials: credentials }), answerUrl: 'http://app.example' },
      ['answerUrl'],
    ],
    [
      'a fallback over http with credentials',
      { ...own({ fallbackCredentials: credentials }), fallbackUrl: 'http://app.example' },
      ['fallbackUrl'],
    ],
    [
      'a user name of 1025',
      own({ callbackCredentials: { ...credentials, username: long(1025) } }),
      ['bandwidth', 'callbackCredentials', 'username'],
    ],
    [
      'a fallback password of 1025',
      own({ fallbackCredentials: { ...credentials, password: long(1025) } }),
      ['bandwidth', 'fallbackCredentials', 'password'],
    ],
    [
      'a machine address of 2049',
      own({ machineDetection: { callbackUrl: url(2049) } }),
      ['bandwidth', 'machineDetection', 'callbackUrl'],
    ],
    [
      'a machine password of 1025',
      own({ machineDetection: { fallbackCredentials: { ...credentials, password: long(1025) } } }),
      ['bandwidth', 'machineDetection', 'fallbackCredentials', 'password'],
    ],
  ])('%s', async (_, call, field) => {
    const error = await refusal(call);
    expect(error.field).toEqual(['input', ...field]);
    expect(error.message).toContain(`\`${field.at(-1)}\``);
  });
});

describe('a value at its limit, or of which nothing is documented, is let through', () => {
  it.each<[string, NewCall]>([
    ['URLs of 2048', { ...aNewCall(), answerUrl: url(2048), fallbackUrl: url(2048), statusUrl: url(2048) }],
    ['a ringTimeout of 1', { ...aNewCall(), ringTimeout: 1 }],
    ['a ringTimeout of 300', { ...aNewCall(), ringTimeout: 300 }],
    ['a callbackTimeout of 1', own({ callbackTimeout: 1 })],
    ['a callbackTimeout of 25', own({ callbackTimeout: 25 })],
    ['a priority of 1', own({ priority: 1 })],
    ['a priority of 5', own({ priority: 5 })],
    ['a tag of 4096', own({ tag: long(4096) })],
    ['a uui of 350', own({ uui: long(350) })],
    ['a displayName of 256', own({ displayName: long(256) })],
    ['a real name without privacy', own({ privacy: false, displayName: 'Alice' })],
    ['privacy without a name', own({ privacy: true })],
    ['a fallback over http without credentials', { ...aNewCall(), fallbackUrl: 'http://app.example' }],
    ['credentials of 1024', own({ callbackCredentials: { username: long(1024), password: long(1024) } })],
    ['fallback credentials without a fallback', own({ fallbackCredentials: credentials })],
    [
      'a machine address over http with credentials',
      own({ machineDetection: { callbackUrl: 'http://app.example', callbackCredentials: credentials } }),
    ],
    ['decimals in machine detection', own({ machineDetection: { detectionTimeout: 3.2 } })],
    ['a SIP URI over TLS', { ...aNewCall(), to: 'sips:alice@example.com' }],
  ])('%s', async (_, call) => {
    expect(await adapter.create(call, operation())).toMatchObject({ status: 'QUEUED' });
  });

  it('characters that take two units each', async () => {
    const refused = await adapter.create(own({ displayName: '😀'.repeat(256) }), operation()).catch((e) => e);
    expect(asked(carrier)).toHaveLength(1);
    expect(refused).toBeDefined();
    carrier.journal.clear();
    expect((await refusal(own({ displayName: '😀'.repeat(257) }))).field).toContain('displayName');
  });

  it('a number longer than E.164 allows, which is for Bandwidth to judge', async () => {
    await expect(
      adapter.create({ ...aNewCall(), to: '+1234567890123456' }, operation()),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'to'],
    });
    expect(asked(carrier)).toHaveLength(1);
  });
});
