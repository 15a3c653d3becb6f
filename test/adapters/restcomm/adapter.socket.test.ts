import { describe, expect, test } from 'vitest';
import { ProviderError } from '../../../src/calls/failure.ts';
import type { FaultAction } from '../../../src/sandbox/index.ts';
import { aNewCall } from '../../support/new-call.ts';
import { adapterFor, connect, formOf, operation, sbc } from './harness.ts';

const newCall = aNewCall();
const redirect = { url: 'https://example.com/next', method: 'POST', fallbackMethod: 'POST' } as const;
const UNKNOWN = `CA${'0'.repeat(32)}`;

async function failureOf(attempt: Promise<unknown>): Promise<ProviderError> {
  const failure = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ProviderError);
  return failure as ProviderError;
}

const formats = ['json', 'xml'] as const;

/** Words of what stands between, some of which it says once it has passed the request on; and these. */
const inBetween = (others: number[]): [string, FaultAction, string][] =>
  [...others, 408, 418, 422, 423, 425, 431, 451, 460, 499].map((status) => [
    `${status}, which the server never says`,
    { kind: 'status', status },
    'OUTCOME_UNKNOWN',
  ]);

describe('the account', () => {
  test('of Connect is its SID', async () => {
    const { adapter, carrier } = await connect();
    expect(adapter.account).toMatchObject({
      provider: 'RESTCOMM',
      providerAccountId: carrier.accountSid,
      capabilities: [
        'CREATE_CALL',
        'REDIRECT_CALL',
        'HANG_UP_CALL',
        'CANCEL_CALL',
        'MUTE_CALL',
        'COUNT_CALLS',
        'CALL_EVENTS',
      ],
    });
  });

  test('of SBC has no SID and can do less', async () => {
    const { adapter } = await sbc();
    expect(adapter.account).toMatchObject({
      providerAccountId: null,
      capabilities: ['CREATE_CALL', 'COUNT_CALLS', 'CALL_EVENTS'],
    });
  });
});

describe.each(formats)('get in %s', (format) => {
  test('gives a call of Connect', async () => {
    const { adapter, carrier } = await connect({ zoneOffsetMinutes: -360 }, format);
    const { sid } = carrier.add({ date_created: '2026-11-20T11:00:00.000Z', to: '+0012', price: '0.00' });
    expect(await adapter.get(sid, operation())).toMatchObject({
      providerCallId: sid,
      to: '+0012',
      createdAt: '2026-11-20T11:00:00.000Z',
      status: 'COMPLETED',
      price: format === 'xml' ? { amount: '0.00', currency: 'USD' } : null,
    });
    const [request] = carrier.journal;
    expect(request?.path).toBe(
      `/restcomm/2012-04-24/Accounts/${carrier.accountSid}/Calls/${sid}${format === 'json' ? '.json' : ''}`,
    );
    const pair = Buffer.from(`${carrier.accountSid}:${carrier.authToken}`).toString('base64');
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${pair}`,
      accept: `application/${format}`,
    });
  });

  test('gives a call of SBC', async () => {
    const { adapter, carrier } = await sbc({}, format);
    const { sid } = carrier.add({ date_created: '2026-11-20T11:00:00.000Z' });
    const call = await adapter.get(sid, operation());
    expect(call).toMatchObject({
      providerCallId: sid,
      providerStatus: 'COMPLETED',
      parentId: null,
      answeredAt: null,
    });
    expect(carrier.journal[0]?.path).toBe(
      `/restcomm-sbc/2012-04-24/Calls/${sid}${format === 'json' ? '.json' : ''}`,
    );
  });

  test('gives null for a call that there is none of: 404', async () => {
    expect(await (await connect({}, format)).adapter.get(UNKNOWN, operation())).toBeNull();
    expect(await (await sbc({}, format)).adapter.get(`RN${'0'.repeat(32)}`, operation())).toBeNull();
  });
});

describe('get', () => {
  test.each(['CA1', `CA${'0'.repeat(33)}`, `ID${'0'.repeat(32)}-XX${'0'.repeat(32)}`, 'a/b', 'a b'])(
    'gives null for %j, over which the servers of either dialect fail, and leaves their health out of it',
    async (sid) => {
      for (const { adapter, carrier } of [await connect(), await sbc()]) {
        // More often than the breaker takes from a provider that is sick.
        for (let times = 0; times < 8; times += 1) expect(await adapter.get(sid, operation())).toBeNull();
        expect(carrier.journal).toHaveLength(8);
        expect(
          (await adapter.page({ order: 'NEWEST_FIRST', filter: {}, size: 1, budget: 5 }, operation())).calls,
        ).toEqual([]);
      }
    },
  );

  test('of what is no sid is PROVIDER_UNAVAILABLE where the server fails over something else', async () => {
    const { adapter, carrier } = await connect();
    carrier.faults.add({ do: { kind: 'status', status: 500, body: '<html>NullPointerException</html>' } });
    expect((await failureOf(adapter.get('CA1', operation()))).code).toBe('PROVIDER_UNAVAILABLE');
  });

  test("of another account's call is PROVIDER_FORBIDDEN: 403", async () => {
    const other = { sid: `AC${'b'.repeat(32)}`, authToken: 'x', email: 'b@example.com', friendlyName: 'B' };
    const { adapter, carrier } = await connect({ accounts: [other] });
    const { sid } = carrier.add({ account_sid: other.sid });
    expect((await failureOf(adapter.get(sid, operation()))).code).toBe('PROVIDER_FORBIDDEN');
  });

  test('with the wrong token is PROVIDER_UNAUTHENTICATED: 401', async () => {
    const { carrier } = await connect();
    const { accountSid, baseUrl } = carrier;
    const adapter = adapterFor({ accountSid, baseUrl, auth: { username: accountSid, password: 'wrong' } });
    expect((await failureOf(adapter.get(UNKNOWN, operation()))).code).toBe('PROVIDER_UNAUTHENTICATED');
  });

  test('does not take another call for the one asked for', async () => {
    const { adapter, carrier } = await connect({ plainSids: true });
    const body = (sid: string) => JSON.stringify({ sid });
    carrier.faults.add({ times: 1, do: { kind: 'status', status: 200, body: body(`CA${'1'.repeat(32)}`) } });
    expect((await failureOf(adapter.get(UNKNOWN, operation()))).code).toBe('PROVIDER_MISBEHAVED');
    carrier.faults.add({ times: 1, do: { kind: 'status', status: 200, body: body(UNKNOWN.toLowerCase()) } });
    expect(await adapter.get(UNKNOWN, operation())).toBeNull();
  });

  test.each([
    [500, 'PROVIDER_UNAVAILABLE'],
    [503, 'PROVIDER_UNAVAILABLE'],
    [400, 'PROVIDER_MISBEHAVED'],
    [405, 'UNSUPPORTED_BY_PROVIDER'],
    [406, 'PROVIDER_MISBEHAVED'],
    [302, 'PROVIDER_MISBEHAVED'],
  ])('is, on status %i, %s', async (status, code) => {
    const { adapter, carrier } = await connect();
    carrier.faults.add({ do: { kind: 'status', status, body: '<html>secret</html>' } });
    const failure = await failureOf(adapter.get(UNKNOWN, operation()));
    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain('secret');
  });

  test('of a page in HTML is PROVIDER_MISBEHAVED', async () => {
    const { adapter, carrier } = await connect();
    carrier.faults.add({ do: { kind: 'html' } });
    expect((await failureOf(adapter.get(UNKNOWN, operation()))).code).toBe('PROVIDER_MISBEHAVED');
  });

  test('tells how long to wait on status 429', async () => {
    const { adapter, carrier } = await connect();
    carrier.faults.add({ do: { kind: 'status', status: 429, headers: { 'Retry-After': '0' } } });
    expect(await failureOf(adapter.get(UNKNOWN, operation()))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: 0,
    });
  });
});

describe.each(formats)('create in %s', (format) => {
  test('places a call by one POST', async () => {
    const { adapter, carrier } = await connect({}, format);
    const call = await adapter.create({ ...newCall, ringTimeout: 30 }, operation());
    expect(call).toMatchObject({
      status: 'QUEUED',
      providerStatus: 'QUEUED',
      direction: 'OUTBOUND',
      to: newCall.to,
    });
    expect(call.providerCallId).toBe(carrier.calls[0]?.sid);
    expect(carrier.journal).toHaveLength(1);
    expect(carrier.journal[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(formOf(carrier.journal[0])).toMatchObject({ From: newCall.from, To: newCall.to, Timeout: '30' });
  });

  test('of a client on several devices gives the first leg', async () => {
    const { adapter, carrier } = await connect({ clients: { bob: 3 } }, format);
    // XML takes the metadata of the last list for it, and fails when there was none.
    await adapter.page({ order: 'NEWEST_FIRST', filter: {}, size: 5, budget: 5 }, operation());
    const call = await adapter.create({ ...newCall, to: 'client:bob' }, operation());
    expect(carrier.calls).toHaveLength(3);
    expect(carrier.calls.map(({ sid }) => sid)).toContain(call.providerCallId);
    expect(call.to).toBe('bob');
  });

  test('of a client on several devices may end in 500 in XML although they all ring', async () => {
    const { adapter, carrier } = await connect({ clients: { bob: 3 } }, 'xml');
    const failure = await failureOf(adapter.create({ ...newCall, to: 'client:bob' }, operation()));
    expect(failure.code).toBe('OUTCOME_UNKNOWN');
    expect(carrier.calls).toHaveLength(3);
  });

  test.each<[string, FaultAction, string]>([
    [
      'the literal null',
      { kind: 'status', status: 200, body: format === 'json' ? 'null' : '<null/>' },
      'OUTCOME_UNKNOWN',
    ],
    ['an empty answer', { kind: 'status', status: 200 }, 'OUTCOME_UNKNOWN'],
    ['a page in HTML', { kind: 'html' }, 'OUTCOME_UNKNOWN'],
    ['half an answer', { kind: 'bad-json' }, 'OUTCOME_UNKNOWN'],
    ['a reset', { kind: 'reset' }, 'OUTCOME_UNKNOWN'],
    [
      'Futures timed out',
      { kind: 'status', status: 500, body: 'Futures timed out after [10 seconds]' },
      'OUTCOME_UNKNOWN',
    ],
    ['500 without a word', { kind: 'status', status: 500 }, 'OUTCOME_UNKNOWN'],
    ['503', { kind: 'status', status: 503 }, 'OUTCOME_UNKNOWN'],
    [
      '400 with a number',
      { kind: 'status', status: 400, body: 'Error type: NOT_A_NUMBER. secret' },
      'INVALID_INPUT',
    ],
    ['another 400', { kind: 'status', status: 400 }, 'INVALID_INPUT'],
    ['401', { kind: 'status', status: 401 }, 'PROVIDER_UNAUTHENTICATED'],
    ['403', { kind: 'status', status: 403, body: 'Provided Account is not active' }, 'PROVIDER_FORBIDDEN'],
    ['404', { kind: 'status', status: 404 }, 'PROVIDER_MISBEHAVED'],
    ['413', { kind: 'status', status: 413 }, 'INVALID_INPUT'],
    ['415', { kind: 'status', status: 415 }, 'PROVIDER_MISBEHAVED'],
    ['429', { kind: 'status', status: 429 }, 'RATE_LIMITED'],
    ...inBetween([402, 406, 409, 410]),
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'OUTCOME_UNKNOWN'],
    [
      'a throttling extension',
      { kind: 'status', status: 500, body: 'Not Allowed to make this outbound call' },
      'RATE_LIMITED',
    ],
  ])('that meets %s', async (_, fault, code) => {
    const { adapter, carrier } = await connect({}, format);
    carrier.faults.add({ do: fault });
    const failure = await failureOf(adapter.create(newCall, operation()));
    expect(failure.code).toBe(code);
    expect(failure.message).not.toMatch(/secret|Futures|\+1212/);
    expect(carrier.journal).toHaveLength(1);
  });

  test.each([
    ['From', 'from'],
    ['To', 'to'],
    ['Url', 'answerUrl'],
  ])('that lacks %s is INVALID_INPUT', async (parameter, field) => {
    const { adapter, carrier } = await connect({}, format);
    carrier.faults.add({ do: { kind: 'status', status: 400, body: `${parameter} can not be null.` } });
    expect(await failureOf(adapter.create(newCall, operation()))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', field],
    });
  });

  test('of a client that is not registered is INVALID_INPUT', async () => {
    const { adapter, carrier } = await connect({}, format);
    expect(await failureOf(adapter.create({ ...newCall, to: 'client:nobody' }, operation()))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'to'],
    });
    expect(carrier.calls).toHaveLength(0);
  });

  test('without an outbound proxy is PROVIDER_UNAVAILABLE', async () => {
    const { adapter } = await connect({ outboundProxy: false }, format);
    expect((await failureOf(adapter.create(newCall, operation()))).code).toBe('PROVIDER_UNAVAILABLE');
  });

  test('with an account SID that the server does not take is PROVIDER_FORBIDDEN', async () => {
    const { adapter, carrier } = await connect({}, format);
    const words = 'AC1 is an INVALID_SID sid value.';
    const body =
      format === 'json' ? JSON.stringify({ message: words }) : `<R><Message>${words}</Message></R>`;
    carrier.faults.add({ do: { kind: 'status', status: 500, body } });
    expect((await failureOf(adapter.create(newCall, operation()))).code).toBe('PROVIDER_FORBIDDEN');
  });

  test('at a real SBC is sent and UNSUPPORTED_BY_PROVIDER: 405', async () => {
    const { adapter, carrier } = await sbc({}, format);
    expect((await failureOf(adapter.create(newCall, operation()))).code).toBe('UNSUPPORTED_BY_PROVIDER');
    expect(carrier.journal).toHaveLength(1);
  });

  test('at the SBC of its documentation places a call', async () => {
    const { adapter, carrier } = await sbc({ create: true }, format);
    const call = await adapter.create(newCall, operation());
    expect(call).toMatchObject({ status: 'QUEUED', endedAt: null, endReason: null, parentId: null });
    expect(carrier.journal[0]?.path).toBe(
      `/restcomm-sbc/2012-04-24/Calls${format === 'json' ? '.json' : ''}`,
    );
  });
});

test('what is refused beforehand is not sent', async () => {
  const { adapter, carrier } = await connect();
  const wrong = { ...newCall, to: 'nobody in particular' };
  expect((await failureOf(adapter.create(wrong, operation()))).code).toBe('INVALID_INPUT');
  expect(carrier.journal).toHaveLength(0);
});

/** A call placed and so many seconds old: queued, ringing from 0.5, answered from 4.6 on. */
async function placed(seconds: number, format: 'json' | 'xml' = 'json') {
  const server = await connect({}, format);
  const { providerCallId: sid } = await server.adapter.create(newCall, operation());
  server.clock.advance(seconds * 1000);
  server.carrier.journal.clear();
  const record = () => server.carrier.calls.find((call) => call.sid === sid);
  return { ...server, sid, record };
}

describe.each(formats)('a change in %s', (format) => {
  test.each([
    [1, 'canceled'],
    [10, 'completed'],
  ])('HANG_UP after %i s ends the call: %s', async (seconds, status) => {
    const { adapter, carrier, sid, record } = await placed(seconds, format);
    await adapter.end(sid, 'HANG_UP', operation());
    expect(record()?.status).toBe(status);
    expect(carrier.journal.map(({ method, body }) => [method, body])).toEqual([['POST', 'Status=completed']]);
  });

  test.each([0, 1])('CANCEL after %i s ends a call that nobody has answered', async (seconds) => {
    const { adapter, carrier, sid, record } = await placed(seconds, format);
    await adapter.end(sid, 'CANCEL', operation());
    expect(record()?.status).toBe('canceled');
    expect(carrier.journal.map(({ body }) => body)).toEqual(['Status=canceled']);
  });

  test('CANCEL of an answered call is a CONFLICT, and the call goes on', async () => {
    const { adapter, sid, record } = await placed(10, format);
    expect((await failureOf(adapter.end(sid, 'CANCEL', operation()))).code).toBe('CONFLICT');
    expect(record()?.status).toBe('in-progress');
  });

  test('redirect sends the call on', async () => {
    const { adapter, carrier, sid } = await placed(10, format);
    await adapter.redirect(sid, { ...redirect, restcomm: { moveConnectedCallLeg: true } }, operation());
    expect(formOf(carrier.journal[0])).toEqual({
      Url: redirect.url,
      Method: 'POST',
      MoveConnectedCallLeg: 'true',
    });
  });

  test('muted mutes and unmutes', async () => {
    const { adapter, carrier, sid, record } = await placed(10, format);
    await adapter.mute(sid, true, operation());
    expect(record()?.muted).toBe(true);
    await adapter.mute(sid, false, operation());
    expect(record()?.muted).toBe(false);
    expect(carrier.journal.map(({ body }) => body)).toEqual(['Mute=true', 'Mute=false']);
  });

  test('muted before the answer is a CONFLICT', async () => {
    const { adapter, sid } = await placed(1, format);
    expect((await failureOf(adapter.mute(sid, true, operation()))).code).toBe('CONFLICT');
  });
});

describe('a change', () => {
  test.each([
    ['a muted call stays muted when it is redirected', 'redirect'],
    ['a muted call stays muted when it was too late to cancel it', 'cancel'],
  ])('%s', async (_, change) => {
    const { adapter, sid, record } = await placed(10);
    await adapter.mute(sid, true, operation());
    if (change === 'redirect') await adapter.redirect(sid, redirect, operation());
    else await failureOf(adapter.end(sid, 'CANCEL', operation()));
    expect(record()?.muted).toBe(true);
    await adapter.mute(sid, false, operation());
    await adapter.redirect(sid, redirect, operation());
    expect(record()?.muted).toBe(false);
  });

  test('a call that may have been muted is muted again when it is redirected', async () => {
    const { adapter, carrier, sid, record } = await placed(10);
    carrier.faults.add({ times: 1, do: { kind: 'reset' } });
    expect((await failureOf(adapter.mute(sid, true, operation()))).code).toBe('OUTCOME_UNKNOWN');
    await adapter.redirect(sid, redirect, operation());
    expect(record()?.muted).toBe(true);
  });

  test('a call muted by anybody else is unmuted, which cannot be known', async () => {
    const { adapter, carrier, sid, record } = await placed(10);
    carrier.change(sid, { muted: true });
    await adapter.redirect(sid, redirect, operation());
    expect(record()?.muted).toBe(false);
  });

  const changes = (sid: string, { adapter }: Awaited<ReturnType<typeof placed>>): Promise<void>[] => [
    adapter.end(sid, 'HANG_UP', operation()),
    adapter.end(sid, 'CANCEL', operation()),
    adapter.redirect(sid, redirect, operation()),
    adapter.mute(sid, true, operation()),
  ];

  test.each([
    ['of an unknown call is NOT_FOUND: 406', 10, UNKNOWN, 'NOT_FOUND'],
    ['of an ended call is a CONFLICT: 410', 1_000, undefined, 'CONFLICT'],
  ])('%s', async (_, seconds, unknown, code) => {
    const server = await placed(seconds);
    const failures = await Promise.all(changes(unknown ?? server.sid, server).map(failureOf));
    expect(failures.map((failure) => failure.code)).toEqual([code, code, code, code]);
  });

  test('of what is no sid is NOT_FOUND: 400', async () => {
    const server = await placed(10);
    const failures = await Promise.all(changes('CA1', server).map(failureOf));
    expect(failures.map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  });

  test('of a call between clients is OUTCOME_UNKNOWN: Futures timed out (#1700)', async () => {
    const { adapter, carrier } = await connect();
    const { sid } = carrier.add({ status: 'in-progress', call_path: null });
    expect((await failureOf(adapter.end(sid, 'HANG_UP', operation()))).code).toBe('OUTCOME_UNKNOWN');
  });

  test('of a record that had ended by the answer is a CONFLICT', async () => {
    const { adapter, carrier, sid } = await placed(10);
    const body = JSON.stringify({ sid, status: 'completed' });
    carrier.faults.add({ do: { kind: 'status', status: 200, body } });
    expect((await failureOf(adapter.end(sid, 'HANG_UP', operation()))).code).toBe('CONFLICT');
    expect((await failureOf(adapter.redirect(sid, redirect, operation()))).code).toBe('CONFLICT');
  });

  test.each<[string, FaultAction, string]>([
    ['a page in HTML', { kind: 'html' }, 'OUTCOME_UNKNOWN'],
    [
      'the record of another call',
      { kind: 'status', status: 200, body: `{"sid":"${UNKNOWN}"}` },
      'OUTCOME_UNKNOWN',
    ],
    ['a reset', { kind: 'reset-after-apply' }, 'OUTCOME_UNKNOWN'],
    ['400', { kind: 'status', status: 400 }, 'NOT_FOUND'],
    ['404', { kind: 'status', status: 404 }, 'NOT_FOUND'],
    ['401', { kind: 'status', status: 401 }, 'PROVIDER_UNAUTHENTICATED'],
    ['403', { kind: 'status', status: 403 }, 'PROVIDER_FORBIDDEN'],
    ['405', { kind: 'status', status: 405 }, 'UNSUPPORTED_BY_PROVIDER'],
    ['406', { kind: 'status', status: 406 }, 'NOT_FOUND'],
    ['410', { kind: 'status', status: 410 }, 'CONFLICT'],
    ['415', { kind: 'status', status: 415 }, 'PROVIDER_MISBEHAVED'],
    ...inBetween([402, 409]),
    ['500', { kind: 'status', status: 500 }, 'OUTCOME_UNKNOWN'],
  ])('that meets %s', async (_, fault, code) => {
    const { adapter, carrier, sid } = await placed(10);
    carrier.faults.add({ do: fault });
    expect((await failureOf(adapter.end(sid, 'HANG_UP', operation()))).code).toBe(code);
    expect(carrier.journal).toHaveLength(1);
  });

  test('of a call of SBC is UNSUPPORTED_BY_PROVIDER, and asks nobody', async () => {
    const { adapter, carrier } = await sbc();
    const { sid } = carrier.add({});
    const failures = await Promise.all(
      [
        adapter.end(sid, 'HANG_UP', operation()),
        adapter.redirect(sid, redirect, operation()),
        adapter.mute(sid, true, operation()),
      ].map(failureOf),
    );
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['UNSUPPORTED_BY_PROVIDER']));
    expect(carrier.journal).toHaveLength(0);
  });

  test('of the document itself is UNSUPPORTED_BY_PROVIDER everywhere', async () => {
    const { adapter, carrier, sid } = await placed(10);
    expect((await failureOf(adapter.replaceBxml(sid, '<Response/>', operation()))).code).toBe(
      'UNSUPPORTED_BY_PROVIDER',
    );
    expect(carrier.journal).toHaveLength(0);
  });
});

test('a write for which no place was free in time says that nothing was done', async () => {
  const { adapter, carrier } = await connect();
  carrier.faults.add({ do: { kind: 'hang' } });
  const giveUp = new AbortController();
  const reads = Array.from({ length: 64 }, (_, i) =>
    failureOf(adapter.get(`CA${String(i).padStart(32, '0')}`, operation(giveUp.signal))),
  );
  const { code, message } = await failureOf(adapter.create(newCall, operation(AbortSignal.timeout(100))));
  expect([code, message]).toEqual([
    'PROVIDER_TIMEOUT',
    'Restcomm, test was not asked, so nothing was done: there was no time left for it.',
  ]);
  giveUp.abort();
  await Promise.all(reads);
  expect(carrier.journal.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('a write that never left is not unknown', async () => {
  const { adapter, carrier } = await connect();
  await carrier.close();
  expect((await failureOf(adapter.create(newCall, operation()))).code).toBe('PROVIDER_UNAVAILABLE');
  expect((await failureOf(adapter.get(UNKNOWN, operation()))).code).toBe('PROVIDER_UNAVAILABLE');
});
