import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import type { Redirect } from '../../../src/calls/new-call.ts';
import { type BandwidthCarrier, createManualClock, startBandwidth } from '../../../src/sandbox/index.ts';
import { adapterOf, asked, operation } from './support.ts';

let carrier: BandwidthCarrier;
let adapter: BandwidthAdapter;

beforeAll(async () => {
  carrier = await startBandwidth({ clock: createManualClock() });
  adapter = adapterOf(carrier);
  await adapter.get('c-1', operation());
});
afterEach(() => {
  carrier.journal.clear();
  carrier.faults.clear();
});
afterAll(async () => {
  await adapter.close();
  await carrier.close();
});

const redirect: Redirect = { url: 'https://app.example/next', method: 'POST', fallbackMethod: 'POST' };
const requests = () =>
  asked(carrier).map(({ method, path, body }) => [method, path.replace(/^.*\/calls/, ''), body]);
const bodyOf = (index: number): unknown => JSON.parse(asked(carrier)[index]?.body ?? '');

/** The states of a call, in the order in which it goes through them. */
const states = {
  queued: { state: 'queued' },
  'initiated, outbound': { state: 'initiated', direction: 'outbound' },
  'initiated, inbound': { state: 'initiated', direction: 'inbound' },
  answered: { state: 'answered' },
  disconnected: { state: 'disconnected' },
} as const;

type State = keyof typeof states;

const idOf = (state: State | 'unknown') =>
  state === 'unknown' ? 'c-none' : carrier.add({ ...states[state] }).callId;

const done = undefined;

describe('a call that is', () => {
  it.each<
    [State | 'unknown', string | undefined, string | undefined, string | undefined, string | undefined]
  >([
    ['queued', done, done, 'CONFLICT', 'CONFLICT'],
    ['initiated, outbound', done, done, 'CONFLICT', 'CONFLICT'],
    ['initiated, inbound', done, done, done, done],
    ['answered', done, 'CONFLICT', done, done],
    ['disconnected', 'CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT'],
    ['unknown', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
  ])('%s: HANG_UP %s, CANCEL %s, redirect %s, BXML %s', async (state, hangUp, cancel, move, bxml) => {
    const attempts: [string | undefined, () => Promise<void>][] = [
      [hangUp, () => adapter.end(idOf(state), 'HANG_UP', operation())],
      [cancel, () => adapter.end(idOf(state), 'CANCEL', operation())],
      [move, () => adapter.redirect(idOf(state), redirect, operation())],
      [bxml, () => adapter.replaceBxml(idOf(state), '<Bxml/>', operation())],
    ];
    for (const [code, attempt] of attempts) {
      const outcome = await attempt().then(
        () => undefined,
        (error) => error.code,
      );
      expect(outcome).toBe(code);
    }
  });
});

describe('HANG_UP', () => {
  it('is one POST of the state alone', async () => {
    const callId = idOf('answered');
    await adapter.end(callId, 'HANG_UP', operation());
    expect(requests()).toEqual([['POST', `/${callId}`, '{"state":"completed"}']]);
  });
});

describe('CANCEL', () => {
  it('reads the state, then is the same POST', async () => {
    const callId = idOf('initiated, outbound');
    await adapter.end(callId, 'CANCEL', operation());
    expect(requests()).toEqual([
      ['GET', `/${callId}`, ''],
      ['POST', `/${callId}`, '{"state":"completed"}'],
    ]);
  });

  it('of an answered call sends no POST', async () => {
    await expect(adapter.end(idOf('answered'), 'CANCEL', operation())).rejects.toThrow(/answered/);
    expect(requests()).toHaveLength(1);
  });

  it('of an ended call sends no POST', async () => {
    await expect(adapter.end(idOf('disconnected'), 'CANCEL', operation())).rejects.toThrow(/ended/);
    expect(requests()).toHaveLength(1);
  });

  it.each([
    ['nobody has answered', {}, 2],
    ['somebody has answered', { answerTime: '2026-11-20T11:59:00.000Z' }, 1],
    ['has an end', { endTime: '2026-11-20T11:59:00.000Z' }, 1],
  ])('of a call in a new state that %s sends $2 requests', async (_, members, count) => {
    const { callId } = carrier.add({ state: 'ringing', ...members });
    await adapter.end(callId, 'CANCEL', operation()).catch(() => undefined);
    expect(requests()).toHaveLength(count);
  });
});

describe('a redirect', () => {
  it('sends the state always and nothing that was not given', async () => {
    await adapter.redirect(idOf('answered'), { ...redirect, fallbackMethod: 'GET' }, operation());
    expect(bodyOf(0)).toEqual({
      state: 'active',
      redirectUrl: 'https://app.example/next',
      redirectMethod: 'POST',
    });
  });

  it('sends everything that Bandwidth has', async () => {
    await adapter.redirect(
      idOf('answered'),
      {
        url: 'https://app.example/next',
        method: 'GET',
        fallbackUrl: 'https://app.example/fallback',
        fallbackMethod: 'GET',
        bandwidth: {
          tag: '',
          callbackCredentials: { username: 'u', password: 'p' },
          fallbackCredentials: { username: 'fu', password: 'fp' },
        },
      },
      operation(),
    );
    expect(bodyOf(0)).toEqual({
      state: 'active',
      redirectUrl: 'https://app.example/next',
      redirectMethod: 'GET',
      username: 'u',
      password: 'p',
      redirectFallbackUrl: 'https://app.example/fallback',
      redirectFallbackMethod: 'GET',
      fallbackUsername: 'fu',
      fallbackPassword: 'fp',
      tag: '',
    });
  });

  const long = 'x'.repeat(5000);
  const name = ['input', 'change', 'redirect', 'bandwidth'];
  it.each<[string, NonNullable<Redirect['bandwidth']>, string[]]>([
    ['a tag of 5000', { tag: long }, ['tag']],
    [
      'a user name of 5000',
      { callbackCredentials: { username: long, password: '' } },
      ['callbackCredentials', 'username'],
    ],
    [
      'a password of 5000',
      { fallbackCredentials: { username: '', password: long } },
      ['fallbackCredentials', 'password'],
    ],
  ])('with %s is refused before anything is sent', async (_, bandwidth, field) => {
    await expect(adapter.redirect('c-1', { ...redirect, bandwidth }, operation())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: [...name, ...field],
    });
    expect(requests()).toHaveLength(0);
  });
});

describe('a document', () => {
  it('is PUT as it is', async () => {
    const callId = idOf('answered');
    const bxml =
      '<?xml version="1.0" encoding="UTF-8"?><Bxml><SpeakSentence>Grüß Gott</SpeakSentence></Bxml>';
    await adapter.replaceBxml(callId, bxml, operation());
    expect(requests()).toEqual([['PUT', `/${callId}/bxml`, bxml]]);
    expect(asked(carrier)[0]?.headers['content-type']).toBe('application/xml');
  });

  it('that Bandwidth refuses is INVALID_INPUT', async () => {
    carrier.faults.add({ do: { kind: 'status', status: 400, body: '{"type":"validation"}' } });
    await expect(adapter.replaceBxml(idOf('answered'), '<Bxml/>', operation())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'bxml'],
    });
  });
});

describe('an update', () => {
  it.each([
    ['200 without a body', 200, ''],
    ['204', 204, ''],
    ['202', 202, ''],
    ['200 with JSON', 200, '{}'],
  ])('answered %s is done', async (_, status, body) => {
    carrier.faults.add({ do: { kind: 'status', status, body } });
    await adapter.redirect('c-1', redirect, operation());
    await adapter.replaceBxml('c-1', '<Bxml/>', operation());
    await adapter.end('c-1', 'HANG_UP', operation());
    expect(requests()).toHaveLength(3);
  });

  it.each(['', '.', '..', '../a', 'a/..', '\ud800', 'x'.repeat(513)])(
    'of %o, which cannot be a call, is NOT_FOUND without a request',
    async (id) => {
      const notFound = { code: 'NOT_FOUND' };
      await expect(adapter.end(id, 'HANG_UP', operation())).rejects.toMatchObject(notFound);
      await expect(adapter.end(id, 'CANCEL', operation())).rejects.toMatchObject(notFound);
      await expect(adapter.redirect(id, redirect, operation())).rejects.toMatchObject(notFound);
      await expect(adapter.replaceBxml(id, '<Bxml/>', operation())).rejects.toMatchObject(notFound);
      expect(await adapter.get(id, operation())).toBeNull();
      expect(requests()).toHaveLength(0);
    },
  );
});

describe('what Bandwidth does not have', () => {
  it('is muting', async () => {
    await expect(adapter.mute()).rejects.toMatchObject({
      code: 'UNSUPPORTED_BY_PROVIDER',
      message: expect.stringMatching(/Bandwidth, main.*mute/),
    });
  });

  it('is counting', async () => {
    expect(await adapter.count()).toBeNull();
  });
});

describe('a read', () => {
  it('takes an array of one for the call, and an empty one for none', async () => {
    const { callId } = carrier.add({});
    const body = JSON.stringify([{ callId }]);
    carrier.faults.add({ times: 1, do: { kind: 'status', status: 200, body } });
    expect(await adapter.get(callId, operation())).toMatchObject({ providerCallId: callId });
    carrier.faults.add({ times: 1, do: { kind: 'status', status: 200, body: '[]' } });
    expect(await adapter.get(callId, operation())).toBeNull();
  });

  it('of two calls is PROVIDER_MISBEHAVED', async () => {
    carrier.faults.add({
      times: 1,
      do: { kind: 'status', status: 200, body: '[{"callId":"a"},{"callId":"b"}]' },
    });
    await expect(adapter.get('c-1', operation())).rejects.toMatchObject({ code: 'PROVIDER_MISBEHAVED' });
  });
});
