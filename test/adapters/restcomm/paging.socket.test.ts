import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallsAdapter } from '../../../src/calls/calls-adapter.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import { positionOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../src/calls/page.ts';
import {
  type ConnectCarrier,
  createManualClock,
  type SbcCarrier,
  startConnect,
} from '../../../src/sandbox/index.ts';
import { connect, connectAdapter, operation, sbc } from './harness.ts';
import { expected, expectedPage, idsOf } from './paging-model.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20, 12);
const newest: PageRequest = { order: 'NEWEST_FIRST', filter: {}, size: 20, budget: 20 };
const oldest: PageRequest = { ...newest, order: 'OLDEST_FIRST' };

/** Adds so many calls, one every so many seconds, the last of them a minute ago. */
function fill(carrier: ConnectCarrier | SbcCarrier, calls: number, seconds = 17): void {
  for (let index = 0; index < calls; index++) {
    const created = NOW - 60_000 - index * seconds * 1000;
    carrier.add({ date_created: created, start_time: created + 3_000, end_time: created + 4_000 });
  }
}

/** Reads a page and sees to it that it is the right one. */
async function right(
  adapter: CallsAdapter,
  carrier: ConnectCarrier | SbcCarrier,
  request: PageRequest,
): Promise<Page> {
  const page = await adapter.page(request, operation());
  const want = expectedPage(page, expected(carrier.calls, request), request);
  expect({ ids: idsOf(page.calls.map(positionOf)), more: page.more }).toEqual(want);
  return page;
}

function next(request: PageRequest, page: Page): PageRequest {
  const last = page.calls.at(-1);
  return { ...request, after: page.stopped ?? (last && positionOf(last)), hint: page.hint };
}

/** `Page x PageSize` of every list asked for since the journal was cleared. */
function asked({ journal }: ConnectCarrier | SbcCarrier): string[] {
  return journal.map(({ query }) => `${query.Page} x ${query.PageSize}`);
}

async function failureOf(attempt: Promise<unknown>): Promise<ProviderError> {
  const failure = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ProviderError);
  return failure as ProviderError;
}

describe.each(['json', 'xml'] as const)('counting in %s', (format) => {
  test.each([0, 1, 49, 50, 100])('counts %i calls', async (calls) => {
    for (const { adapter, carrier } of [await connect({}, format), await sbc({}, format)]) {
      fill(carrier, calls);
      expect(await adapter.count({}, operation())).toBe(calls);
      expect(asked(carrier)).toEqual(['0 x 1']);
    }
  });

  test('cannot count with a filter, which the server does not take exactly', async () => {
    const { adapter, carrier } = await connect({}, format);
    fill(carrier, 5);
    expect(await adapter.count({ to: '+19195551234' }, operation())).toBeNull();
    expect(await adapter.count({ statuses: ['INITIATED'] }, operation())).toBe(0);
    expect(carrier.journal).toHaveLength(0);
  });

  test('asks again when the answer is that of another request', async () => {
    const { adapter, carrier } = await connect({}, format);
    fill(carrier, 5);
    carrier.faults.add({ times: 2, do: { kind: 'junk-metadata' } });
    expect(await adapter.count({}, operation())).toBe(5);
    expect(carrier.journal).toHaveLength(3);
  });
});

test('a count that is not told is PROVIDER_MISBEHAVED', async () => {
  const { adapter, carrier } = await connect();
  const uri = `/2012-04-24/Accounts/${carrier.accountSid}/Calls`;
  const body = JSON.stringify({ page: 0, page_size: 1, uri, calls: [] });
  carrier.faults.add({ do: { kind: 'status', status: 200, body } });
  expect((await failureOf(adapter.count({}, operation()))).code).toBe('PROVIDER_MISBEHAVED');
});

describe.each(['json', 'xml'] as const)('the first page in %s', (format) => {
  test('of nothing is empty', async () => {
    for (const { adapter, carrier } of [await connect({}, format), await sbc({}, format)]) {
      for (const request of [newest, oldest]) {
        expect(await right(adapter, carrier, request)).toMatchObject({ calls: [], more: false });
      }
    }
  });

  test.each([1, 19, 20, 21, 27, 28, 29, 40, 56])('of %i calls knows whether there is more', async (calls) => {
    for (const { adapter, carrier } of [await connect({}, format), await sbc({}, format)]) {
      fill(carrier, calls);
      for (const request of [newest, oldest]) {
        const page = await right(adapter, carrier, request);
        await right(adapter, carrier, next(request, page));
      }
    }
  });
});

describe('metadata of another request', () => {
  test.each([
    ['page', { page: 4 }],
    ['page size', { pageSize: 50 }],
    ['account', { accountSid: `AC${'b'.repeat(32)}` }],
  ])('is noticed by its %s, and the page asked for again', async (_, junk) => {
    const { adapter, carrier } = await connect();
    fill(carrier, 100);
    const own = { page: 0, pageSize: 28, accountSid: carrier.accountSid };
    carrier.faults.add({ times: 2, do: { kind: 'junk-metadata', ...own, ...junk } });
    await right(adapter, carrier, newest);
    expect(asked(carrier)).toEqual(['0 x 28', '0 x 28', '0 x 28']);
  });

  test('may not be there at all', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 100);
    const body = '{"page":0,"page_size":28,"calls":[]}';
    carrier.faults.add({ times: 2, do: { kind: 'status', status: 200, body } });
    await right(adapter, carrier, newest);
    expect(carrier.journal).toHaveLength(3);
  });

  test('is not waited out for ever', async () => {
    const { adapter, carrier } = await connect();
    carrier.faults.add({ do: { kind: 'junk-metadata' } });
    expect((await failureOf(adapter.page(newest, operation()))).code).toBe('PROVIDER_MISBEHAVED');
    expect(carrier.journal).toHaveLength(3);
  });

  test.each([0, 7, 28, 1_000_000])('does no harm when only the total is wrong: %i', async (total) => {
    const { adapter, carrier } = await connect();
    fill(carrier, 300);
    const asks = (page: number, pageSize: number) => {
      const accountSid = carrier.accountSid;
      carrier.faults.add({
        when: ({ query }) => query.Page === String(page) && query.PageSize === String(pageSize),
        do: { kind: 'junk-metadata', page, pageSize, total, accountSid },
      });
    };
    for (let page = 0; page < 3; page++) for (let size = 20; size < 60; size++) asks(page, size);
    let request = newest;
    for (let index = 0; index < 15; index++) request = next(request, await right(adapter, carrier, request));
    const after = { createdAt: new Date(NOW - 3_000_000).toISOString(), providerCallId: '' };
    await right(adapter, carrier, { ...newest, after });
    await right(adapter, carrier, { ...oldest, after });
  });

  test('may make the server fail: 500 is tried once more', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 100);
    carrier.faults.add({ times: 1, do: { kind: 'status', status: 500 } });
    await right(adapter, carrier, newest);
    expect(carrier.journal).toHaveLength(2);
    carrier.journal.clear();
    carrier.faults.add({ do: { kind: 'status', status: 500 } });
    expect((await failureOf(adapter.page(newest, operation()))).code).toBe('PROVIDER_UNAVAILABLE');
    expect(carrier.journal).toHaveLength(2);
  });
});

test.each([
  [400, 'PROVIDER_MISBEHAVED'],
  [401, 'PROVIDER_UNAUTHENTICATED'],
  [403, 'PROVIDER_FORBIDDEN'],
  [502, 'PROVIDER_UNAVAILABLE'],
])('a list that is answered with %i is %s', async (status, code) => {
  const { adapter, carrier } = await connect();
  carrier.faults.add({ do: { kind: 'status', status } });
  expect((await failureOf(adapter.page(newest, operation()))).code).toBe(code);
});

test('a page beyond the end is 400, and empty', async () => {
  const { adapter, carrier } = await connect();
  fill(carrier, 30);
  const hint = ['cn', 30, 0, 500, -NOW].map((part) => part.toString(36)).join('.');
  const after = { createdAt: new Date(NOW - 2_000_000).toISOString(), providerCallId: '' };
  await right(adapter, carrier, { ...newest, after, hint });
  await right(adapter, carrier, {
    ...newest,
    after: { ...after, createdAt: '2020-01-01T00:00:00.000Z' },
    hint,
  });
});

describe('calls of one moment', () => {
  test.each([newest, oldest])(
    'come whole out of one answer, however many they are ($order)',
    async (request) => {
      const { adapter, carrier } = await connect({ unstableTies: true });
      fill(carrier, 50);
      for (let index = 0; index < 300; index++) carrier.add({ date_created: NOW - 400_000 + (index % 1000) });
      let asking: PageRequest = { ...request, size: 7 };
      for (let page = 0; page < 50; page++) {
        const answer = await right(adapter, carrier, asking);
        asking = next(asking, answer);
      }
    },
  );

  test('may be nine thousand', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 50);
    for (let index = 0; index < 9_000; index++) carrier.add({ date_created: NOW - 400_000 });
    const page = await right(adapter, carrier, { ...newest, size: 30 });
    await right(adapter, carrier, next(newest, page));
  });

  test('are too many when they are more than ten thousand', async () => {
    const { adapter, carrier } = await connect();
    for (let index = 0; index < 30_000; index++) carrier.add({ date_created: NOW - 60_000 });
    expect((await failureOf(adapter.page(newest, operation()))).code).toBe('UNSUPPORTED_BY_PROVIDER');
  });
});

describe('the budget', () => {
  test('of one request does for a page that is answered for another request first', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 100);
    carrier.faults.add({ times: 1, do: { kind: 'junk-metadata' } });
    expect((await right(adapter, carrier, { ...newest, budget: 1 })).calls).toHaveLength(20);
  });

  test('that is used up by seeing whether the server sorts stops before the first call', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 100);
    const page = await right(adapter, carrier, { ...oldest, budget: 1 });
    expect(page.stopped).toEqual({ createdAt: null, providerCallId: '' });
    expect((await right(adapter, carrier, next({ ...oldest, budget: 1 }, page))).calls).toHaveLength(20);
  });

  test('is no reason to give the position back when every answer is for another request', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 100);
    const after = { createdAt: new Date(NOW - 100_000).toISOString(), providerCallId: 'CA1' };
    carrier.faults.add({ do: { kind: 'junk-metadata' } });
    const request = { ...newest, after, hint: 'mine', budget: 2 };
    expect((await failureOf(adapter.page(request, operation()))).code).toBe('PROVIDER_MISBEHAVED');
    expect(carrier.journal).toHaveLength(3);
  });

  test('lets a rare call be found in several goes', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 3_000);
    carrier.add({ date_created: NOW - 2_500 * 17_000, direction: 'outbound-api' });
    let request: PageRequest = { ...newest, filter: { direction: 'OUTBOUND' }, budget: 2 };
    let found = 0;
    let goes = 0;
    for (;;) {
      const page = await right(adapter, carrier, request);
      found += page.calls.length;
      goes += 1;
      if (!page.more) break;
      request = next(request, page);
    }
    expect(found).toBe(1);
    expect(goes).toBeLessThan(40);
  });
});

describe('what it costs at 5,000 calls a day', () => {
  const clock = createManualClock();
  let week: ConnectCarrier;
  beforeAll(async () => {
    week = await startConnect({ clock, seed: { calls: 35_000, seed: 8 } });
  });
  beforeEach(() => week.journal.clear());
  afterAll(() => week.close());

  test('10,000 calls in pages of 100 are 100 requests or few more', async () => {
    const [adapter, carrier] = [connectAdapter(week), week];
    let request: PageRequest = { ...newest, size: 100 };
    let calls = 0;
    for (let index = 0; index < 100; index++) {
      const page = await adapter.page(request, operation());
      calls += page.calls.length;
      request = next(request, page);
    }
    expect(calls).toBe(10_000);
    expect(carrier.journal.length).toBeLessThanOrEqual(105);
    const last = positionOf((await adapter.page({ ...request, size: 1 }, operation())).calls[0] as never);
    expect(last.providerCallId).toBe(
      expected(carrier.calls, { order: 'NEWEST_FIRST', filter: {} })[10_000]?.providerCallId,
    );
  });

  test('a page in the middle of a page is one request', async () => {
    const { adapter, carrier } = await connect({ seed: { calls: 4_000, seed: 10 } });
    const second = next(newest, await right(adapter, carrier, newest));
    const page = await right(adapter, carrier, second);
    for (const call of page.calls) {
      for (const request of [newest, { ...oldest, size: 10 }]) {
        await adapter.page({ ...oldest, size: 1 }, operation());
        carrier.journal.clear();
        await right(adapter, carrier, { ...request, after: positionOf(call), hint: page.hint });
        expect(carrier.journal.length).toBeLessThanOrEqual(1);
      }
    }
  });

  test.each([
    ['a time far back', { createdBefore: new Date(NOW - 3 * DAY).toISOString() }, 8],
    [
      'a day',
      {
        createdAfter: new Date(NOW - 5 * DAY).toISOString(),
        createdBefore: new Date(NOW - 4 * DAY).toISOString(),
      },
      8,
    ],
    ['a status', { statuses: ['BUSY'] as const }, 1],
    ['live calls', { statuses: ['IN_PROGRESS'] as const }, 1],
    ['a client', { to: 'carol' }, 4],
  ])('a page narrowed to %s', async (_, filter, requests) => {
    const [adapter, carrier] = [connectAdapter(week), week];
    await right(adapter, carrier, { ...newest, filter: filter as PageRequest['filter'] });
    expect(carrier.journal.length).toBeLessThanOrEqual(requests);
    carrier.journal.clear();
    await right(adapter, carrier, { ...oldest, filter: filter as PageRequest['filter'] });
    expect(carrier.journal.length).toBeLessThanOrEqual(requests + 1);
  });

  test('a page at SBC is two requests, then one', async () => {
    const { adapter, carrier } = await sbc({ seed: { calls: 35_000, seed: 12 } });
    let request = newest;
    for (let index = 0; index < 10; index++) {
      carrier.journal.clear();
      const page = await adapter.page(request, operation());
      expect(carrier.journal.length).toBeLessThanOrEqual(index === 0 ? 2 : 1);
      request = next(request, page);
    }
    expect(carrier.journal[0]?.query).toMatchObject({ EndTime: '2999-12-31' });
  });

  // The two that follow add calls to the week.
  test('a page of 20 is one request each, while calls come in, in JSON and in XML', async () => {
    const carrier = week;
    for (const format of ['json', 'xml'] as const) {
      const adapter = connectAdapter(carrier, format);
      let request = newest;
      for (let index = 0; index < 8; index++) {
        carrier.journal.clear();
        const page = await right(adapter, carrier, request);
        expect(carrier.journal).toHaveLength(1);
        expect(Number(carrier.journal[0]?.query.PageSize)).toBeLessThanOrEqual(48);
        clock.advance(17_000);
        carrier.add({ date_created: clock.now() - 1_000 });
        request = next(request, page);
      }
    }
  });

  test('a cursor of yesterday takes two requests or few more, in JSON and in XML', async () => {
    const [adapter, carrier] = [connectAdapter(week), week];
    const inXml = connectAdapter(carrier, 'xml');
    const request = next(newest, await right(adapter, carrier, newest));
    const requestInXml = next(newest, await right(inXml, carrier, newest));
    for (let index = 0; index < 5_000; index++) carrier.add({ date_created: NOW + index * 17_000 });
    carrier.journal.clear();
    await right(adapter, carrier, request);
    expect(carrier.journal.length).toBeLessThanOrEqual(2);
    carrier.journal.clear();
    await right(inXml, carrier, requestInXml);
    expect(carrier.journal.length).toBeLessThanOrEqual(3);
  });
});

describe('a server from before SortBy', () => {
  test.each([newest, oldest])(
    'is noticed and read by StartTime, then and later ($order)',
    async (request) => {
      const { adapter, carrier } = await connect({ sortBy: false });
      fill(carrier, 200);
      carrier.add({ date_created: NOW - 500_000, start_time: NOW - 300_000 });
      let asking = request;
      for (let index = 0; index < 5; index++) asking = next(asking, await right(adapter, carrier, asking));
      expect(carrier.journal.filter(({ query }) => query.SortBy !== undefined)).toHaveLength(2);
    },
  );

  test('is tried again after a quarter of an hour', async () => {
    const { adapter, carrier } = await connect({ sortBy: false });
    fill(carrier, 200);
    await right(adapter, carrier, newest);
    const later = Date.now() + 15 * 60_000;
    vi.spyOn(Date, 'now').mockReturnValue(later);
    await right(adapter, carrier, newest);
    vi.restoreAllMocks();
    expect(carrier.journal.filter(({ query }) => query.SortBy !== undefined)).toHaveLength(4);
  });

  test('may have rows in no order at all, which are read whole and sorted here', async () => {
    const { adapter, carrier } = await connect({ sortBy: false });
    fill(carrier, 1_500);
    for (const member of carrier.calls.slice(0, 10))
      carrier.change(member.sid, { start_time: null as never });
    for (const request of [newest, oldest]) {
      const page = await right(adapter, carrier, request);
      await right(adapter, carrier, next(request, page));
    }
  });

  test('and rows in no order is found out a request at a time, where there is no more to spend', async () => {
    const { adapter, carrier } = await connect({ sortBy: false });
    fill(carrier, 1_500);
    for (const { sid } of carrier.calls.slice(0, 10)) carrier.change(sid, { start_time: null as never });
    let page = await right(adapter, carrier, { ...oldest, budget: 1 });
    expect(page.stopped).toEqual({ createdAt: null, providerCallId: '' });
    // Each of the two other ways to read is given up on its second answer.
    for (let pages = 1; pages < 5; pages += 1) {
      page = await right(adapter, carrier, next({ ...oldest, budget: 1 }, page));
    }
    expect(page.calls).toHaveLength(20);
  });

  test('cannot have more than ten thousand of such rows read', async () => {
    const { adapter, carrier } = await connect({ sortBy: false }, 'xml');
    for (let index = 0; index < 10_100; index++) carrier.add({ date_created: NOW - index * 1000 });
    for (const { sid } of carrier.calls.slice(0, 10)) carrier.change(sid, { start_time: null as never });
    expect((await failureOf(adapter.page(oldest, operation()))).code).toBe('UNSUPPORTED_BY_PROVIDER');
  });

  test('fails as any other', async () => {
    const { adapter, carrier } = await connect();
    carrier.faults.add({ do: { kind: 'status', status: 401 } });
    expect((await failureOf(adapter.page(oldest, operation()))).code).toBe('PROVIDER_UNAUTHENTICATED');
  });
});

describe('SBC', () => {
  // Of a hundred rows, two hundred before the first one, for the time that is asked for below.
  const beyond = `sna.2s.5.-5k.${(700_000 - NOW - 1_800_000).toString(36)}`;

  test.each(['sn.zzz.0', 'sn.0.0', 'sn.2s.0.zz.1', 'sna.zzz.0.a.-a', 'so.zzz.0.1.1', beyond])(
    'does with the hint %s as without, in one request at a time or in many',
    async (hint) => {
      const after = { createdAt: new Date(NOW - 700_000).toISOString(), providerCallId: '' };
      for (const format of ['json', 'xml'] as const) {
        const { adapter, carrier } = await sbc({}, format);
        fill(carrier, 100);
        for (const budget of [1, 2, 20]) {
          for (const from of [undefined, after]) {
            for (const order of ['NEWEST_FIRST', 'OLDEST_FIRST'] as const) {
              let request: PageRequest = { order, filter: {}, size: 5, budget, after: from, hint };
              let calls = 0;
              for (let index = 0; index < 60 && calls < 20; index++) {
                const page = await right(adapter, carrier, request);
                calls += page.calls.length;
                request = next(request, page);
              }
              expect(calls).toBeGreaterThanOrEqual(20);
            }
          }
        }
      }
    },
  );

  test('is read without EndTime where that does not work', async () => {
    const { adapter, carrier } = await sbc();
    fill(carrier, 100);
    carrier.faults.add({ when: ({ query }) => 'EndTime' in query, do: { kind: 'status', status: 500 } });
    const page = await right(adapter, carrier, newest);
    carrier.journal.clear();
    await right(adapter, carrier, next(newest, page));
    expect(carrier.journal).toHaveLength(1);
    expect(carrier.journal[0]?.query).not.toHaveProperty('EndTime');
  });

  test('is read with EndTime where that has worked, whatever fails later', async () => {
    const { adapter, carrier } = await sbc();
    fill(carrier, 100);
    const page = await right(adapter, carrier, newest);
    carrier.faults.add({ times: 2, do: { kind: 'status', status: 500 } });
    expect((await failureOf(adapter.page(next(newest, page), operation()))).code).toBe(
      'PROVIDER_UNAVAILABLE',
    );
    carrier.journal.clear();
    await right(adapter, carrier, next(newest, page));
    expect(carrier.journal.every(({ query }) => 'EndTime' in query)).toBe(true);
  });

  test('is read with EndTime again once there are too many calls to do without', async () => {
    const { adapter, carrier } = await sbc();
    fill(carrier, 100);
    carrier.faults.add({ times: 2, do: { kind: 'status', status: 500 } });
    await right(adapter, carrier, newest);
    fill(carrier, 10_000, 1);
    await right(adapter, carrier, newest);
    carrier.journal.clear();
    await right(adapter, carrier, newest);
    expect(carrier.journal.every(({ query }) => 'EndTime' in query)).toBe(true);
  });

  test('says that it does not sort so many calls where EndTime does not work', async () => {
    const { adapter, carrier } = await sbc();
    carrier.faults.add({ when: ({ query }) => 'EndTime' in query, do: { kind: 'status', status: 500 } });
    fill(carrier, 100);
    await right(adapter, carrier, newest);
    fill(carrier, 10_000, 1);
    for (const _ of [1, 2]) {
      expect((await failureOf(adapter.page(newest, operation()))).code).toBe('UNSUPPORTED_BY_PROVIDER');
    }
  });

  test.each([
    ['out of order', { kind: 'status', status: 503 }],
    ['resetting connections', { kind: 'reset' }],
  ] as const)('that is away is away, and asked no more often for it: %s', async (_, fault) => {
    const { adapter, carrier } = await sbc();
    carrier.faults.add({ do: fault });
    expect((await failureOf(adapter.page(newest, operation()))).code).toBe('PROVIDER_UNAVAILABLE');
    // Once, and again as often as any read is.
    expect(carrier.journal).toHaveLength(3);
  });

  test('shows calls that appear in the middle of the list once they have ended', async () => {
    const { adapter, carrier, clock } = await sbc();
    fill(carrier, 100);
    const created = clock.now() - 30_000;
    for (let index = 0; index < 5; index++) {
      carrier.add({ date_created: created - index, start_time: created, end_time: clock.now() + 50_000 });
    }
    clock.advance(120_000);
    let request: PageRequest = { ...newest, size: 3 };
    for (let index = 0; index < 10; index++) request = next(request, await right(adapter, carrier, request));
  });

  test('has no account in its addresses, and none is looked for', async () => {
    const { adapter, carrier } = await sbc({}, 'xml');
    fill(carrier, 5);
    await right(adapter, carrier, newest);
    expect(carrier.journal[0]?.path).toBe('/restcomm-sbc/2012-04-24/Calls');
  });
});

test.each(['json', 'xml'] as const)('a control character in a name hides no call in %s', async (format) => {
  for (const { adapter, carrier } of [await connect({}, format), await sbc({}, format)]) {
    fill(carrier, 3);
    const created = NOW - 90_000;
    const times = { date_created: created, start_time: created, end_time: created + 1_000 };
    carrier.add({ ...times, caller_name: 'Bob\u0001' });
    fill(carrier, 3);
    await right(adapter, carrier, newest);
    await right(adapter, carrier, oldest);
  }
});

test.each([
  '',
  'cn.a.7ps.1.1',
  'cn',
  'cn.',
  'sn.5.0',
  'cn.5',
  'xx.1.1',
  'cn.zzzzzzzzzzz.1',
  'cn.1.zzzzzzz',
  'cn.1.1.zzzzzzzzz.1',
  'cn.-1.1',
  'cn.1.A',
  'cn.1.1.5',
  'cna.1.1',
  'null',
])('the hint %j does no harm', async (hint) => {
  const { adapter, carrier } = await connect();
  fill(carrier, 60);
  const after = { createdAt: new Date(NOW - 700_000).toISOString(), providerCallId: '' };
  await right(adapter, carrier, { ...newest, after, hint });
  await right(adapter, carrier, { ...oldest, after, hint });
  await right(adapter, carrier, { ...oldest, hint });
});

describe('a position', () => {
  test('without time of creation is behind everything, newest first, and before it, oldest first', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 5);
    const after = { createdAt: null, providerCallId: 'CA1' };
    expect(await adapter.page({ ...newest, after }, operation())).toMatchObject({ calls: [], more: false });
    expect((await adapter.page({ ...oldest, after }, operation())).calls).toHaveLength(5);
  });

  test('at the bounds of the filter needs no request', async () => {
    const { adapter, carrier } = await connect();
    fill(carrier, 5);
    const filter = { createdAfter: '2026-11-20T11:00:00.000Z', createdBefore: '2026-11-20T10:00:00.000Z' };
    expect(await adapter.page({ ...newest, filter }, operation())).toMatchObject({ calls: [], more: false });
    expect(await adapter.page({ ...oldest, filter }, operation())).toMatchObject({ calls: [], more: false });
    expect(carrier.journal).toHaveLength(0);
  });
});

test('two adapters need nothing from one another', async () => {
  const { adapter, carrier } = await connect({ seed: { calls: 500, seed: 2 } });
  const page = await right(adapter, carrier, newest);
  await right(connectAdapter(carrier), carrier, next(newest, page));
  await right(connectAdapter(carrier, 'xml'), carrier, next(newest, page));
});
