import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skipReasons } from '../../../src/calls/lists/skip-reasons.ts';
import type { Page, PageRequest } from '../../../src/calls/page.ts';
import { idsOf, type Server, StubList, type StubRow, toldBy, within } from './list-stub.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const orders = ['NEWEST_FIRST', 'OLDEST_FIRST'] as const;

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** A call created so long ago that started at once. */
function started(age: number, callId: string, members: object = {}): StubRow {
  const time = toTime(now - age);
  const wire = { callId, state: 'answered', enqueuedTime: time, startTime: time, ...members };
  return { createdTime: now - age, startTime: now - age, wire };
}

/** One that was taken out of the queue, or still waits in it. */
function unstarted(age: number, callId: string, members: object = {}): StubRow {
  const wire = { callId, state: 'queued', enqueuedTime: toTime(now - age), startTime: null, ...members };
  return { createdTime: now - age, startTime: null, wire };
}

/** A row that Bandwidth lists where it was created, and that nobody else can place. */
function unplaced(age: number, wire: unknown): StubRow {
  return { createdTime: now - age, startTime: null, wire };
}

/** Does as documented: bounds on startTime let nothing through that has none. */
function serverOf(rows: readonly StubRow[]): Server {
  return (asked) => {
    const all = within(rows, asked);
    const start = Number(asked.token ?? 0);
    const end = start + asked.pageSize;
    return { rows: all.slice(start, end), next: end < all.length ? String(end) : undefined };
  };
}

const page = (rows: readonly StubRow[], request: Partial<PageRequest>): Promise<Page> =>
  new StubList(serverOf(rows), now).page({
    order: 'OLDEST_FIRST',
    filter: {},
    size: 10,
    budget: 20,
    ...request,
  });

describe.each(orders)('a row that cannot be placed is told, and takes no list down: %s', (order) => {
  it.each([
    ['without a time', { callId: 'c-x', state: 'queued' }, 'c-x', skipReasons.noTime],
    [
      'with nulls for times',
      { callId: 'c-x', enqueuedTime: null, startTime: null },
      'c-x',
      skipReasons.noTime,
    ],
    [
      'with no time in its times',
      { callId: 'c-x', enqueuedTime: 'soon', startTime: 7 },
      'c-x',
      skipReasons.noTime,
    ],
    [
      'with a day that there is not',
      { callId: 'c-x', startTime: '2026-02-30T00:00:00Z' },
      'c-x',
      skipReasons.noTime,
    ],
    ['without callId', { state: 'queued', enqueuedTime: toTime(now) }, '', skipReasons.noId],
    ['with an empty callId', { callId: '', enqueuedTime: toTime(now) }, '', skipReasons.noId],
    ['with a number for callId', { callId: 12, enqueuedTime: toTime(now) }, '', skipReasons.noId],
    ['with a callId of 513 bytes', { callId: 'x'.repeat(513), startTime: toTime(now) }, '', skipReasons.noId],
    ['with a callId that leads elsewhere', { callId: '../1', startTime: toTime(now) }, '', skipReasons.noId],
    ['that is null', null, '', skipReasons.unreadable],
    ['that is a text', 'c-x', '', skipReasons.unreadable],
    ['that is a number', 3, '', skipReasons.unreadable],
    ['that is an array', [{ callId: 'c-x' }], '', skipReasons.unreadable],
  ])('one %s', async (_, wire, providerCallId, reason) => {
    const rows = [started(2 * hour, 'c-1'), unplaced(hour, wire), started(minute, 'c-2')];
    const { calls, skipped } = await page(rows, { order });
    expect(calls.map((call) => call.providerCallId).toSorted()).toEqual(['c-1', 'c-2']);
    expect(skipped).toEqual([{ providerCallId, reason }]);
  });

  it('one alone', async () => {
    const row = unplaced(hour, { callId: 'c-x' });
    expect(await page([row], { order })).toMatchObject({
      calls: [],
      more: false,
      skipped: [{ providerCallId: 'c-x', reason: skipReasons.noTime }],
    });
  });

  it('whatever JSON it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (odd) => {
        const rows = [started(hour, 'c-1'), ...odd.map((wire, index) => unplaced(index * minute, wire))];
        const { calls, skipped } = await page(rows, { order });
        expect(calls).toHaveLength(1);
        expect(skipped).toHaveLength(odd.length);
      }),
    );
  });

  it('whatever its members are', async () => {
    const member = fc.constantFrom(
      ...['callId', 'state', 'startTime', 'enqueuedTime', 'endTime', 'disconnectCause', 'to', 'stirShaken'],
    );
    const wire = fc.dictionary(member, fc.oneof(fc.jsonValue(), fc.constant(toTime(now))));
    await fc.assert(
      fc.asyncProperty(fc.array(wire, { maxLength: 5 }), async (odd) => {
        const rows = [started(hour, 'c-1'), ...odd.map((each, index) => unplaced(index * minute, each))];
        const { calls, skipped = [] } = await page(rows, { order });
        const ids = new Set(odd.map(({ callId }) => callId).filter((id) => typeof id === 'string'));
        expect(calls.length + skipped.length).toBeGreaterThanOrEqual(1 + ids.size - (ids.has('c-1') ? 1 : 0));
      }),
    );
  });

  it('but not where it certainly does not match', async () => {
    const wire = { callId: 'c-x', to: '+19195550100', state: 'queued' };
    const rows = [unplaced(hour, wire), unplaced(hour, { ...wire, callId: '' }), unplaced(hour, null)];
    const told = async (filter: PageRequest['filter']) =>
      (await page(rows, { order, filter })).skipped?.length;
    expect(await told({ to: '+19195550100' })).toBe(3);
    expect(await told({ to: '+19195550199' })).toBe(1);
    expect(await told({ statuses: ['QUEUED'] })).toBe(3);
    expect(await told({ statuses: ['COMPLETED'] })).toBe(1);
  });

  it('among bounds, where the provider shows it against what is known of it', async () => {
    const odd = { callId: 'c-x', startTime: 'soon' };
    const server: Server = () => ({ rows: [started(hour, 'c-1').wire, odd] });
    const filter = { createdAfter: toTime(now - day), createdBefore: toTime(now) };
    const list = new StubList(server, now);
    expect((await list.page({ order, filter, size: 5, budget: 20 })).skipped).toHaveLength(1);
  });
});

const callOf = fc.record({
  age: fc.oneof(fc.integer({ min: 0, max: 7 * day }), fc.integer({ min: 0, max: 20 * minute })),
  kind: fc.constantFrom('started', 'started', 'started', 'unstarted', 'unplaced', 'without id'),
});

const makers = {
  started: (age: number, id: string) => started(age, id),
  unstarted: (age: number, id: string) => unstarted(age, id),
  unplaced: (age: number, id: string) => unplaced(age, { callId: id }),
  'without id': (age: number) => unplaced(age, { state: 'queued', enqueuedTime: toTime(now - age) }),
} as const;

/** Bandwidth lists what has no startTime within no bounds, and in its place without any. */
describe('no call leaves a list without a word', () => {
  it('over a walk each is given once, or told where it has no place or its place has been passed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(callOf, { maxLength: 150, size: 'max' }),
        fc.constantFrom(...orders),
        fc.constantFrom({}, { createdBefore: toTime(now - 3 * day) }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(5, 20),
        async (of, order, filter, size, budget) => {
          const rows = of.map(({ age, kind }, index) =>
            makers[kind as keyof typeof makers](age, `c-${index}`),
          );
          const walked = await new StubList(serverOf(rows), now).walk({ order, filter, size, budget }, 1_000);
          expect(walked.failed).toBeUndefined();
          const given = idsOf(walked);
          expect(given).toHaveLength(new Set(given).size);
          const told = new Set(toldBy(walked));
          // A page that has spent its requests tells by one notice that those without a startTime may be missing.
          const isGeneral = walked.pages.some(
            ({ skipped = [] }, each) =>
              walked.requests[each] === budget &&
              skipped.some(({ reason }) => reason.includes('may be missing')),
          );
          for (const [index, { age, kind }] of of.entries()) {
            const isIn = filter.createdBefore === undefined || toTime(now - age) <= filter.createdBefore;
            const id = `c-${index}`;
            if (kind === 'started') {
              expect(given.includes(id)).toBe(isIn);
              expect(told.has(id)).toBe(false);
            } else if (isIn)
              expect(given.includes(id) || isGeneral || told.has(kind === 'without id' ? '' : id)).toBe(true);
            if (kind === 'unplaced') expect(given.includes(id)).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('from the oldest on a call that has not started stands in its place', async () => {
    const rows = [started(3 * hour, 'c-1'), unstarted(2 * hour, 'c-2'), started(hour, 'c-3')];
    const list = new StubList(serverOf(rows), now);
    const walked = await list.walk({ order: 'OLDEST_FIRST', filter: {}, size: 1, budget: 20 }, 10);
    expect([idsOf(walked), toldBy(walked)]).toEqual([['c-1', 'c-2', 'c-3'], []]);
  });

  it.each([
    ['without a time', unplaced(hour, { callId: 'c-x' })],
    ['that has not started', unstarted(hour, 'c-x')],
  ])(
    'behind a cluster that one page cannot cross, it is reported that one %s may be missing',
    async (_, row) => {
      const cluster = Array.from({ length: 2_100 }, (__, index) => started(2 * day, `c-${index}`));
      const list = new StubList(serverOf([started(3 * day, 'c-first'), ...cluster, row]), now);
      const walked = await list.walk({ order: 'OLDEST_FIRST', filter: {}, size: 30, budget: 1 }, 100);
      expect(idsOf(walked)).toHaveLength(2_101);
      const told = walked.pages.flatMap(({ skipped = [] }) => skipped);
      expect(told).toEqual([
        { providerCallId: '', reason: expect.stringMatching(/not started .*may be missing/) },
      ]);
    },
  );

  it('from the newest on it stands in its place in a list of one page', async () => {
    const rows = [started(3 * day, 'c-1'), unstarted(2 * hour, 'c-2'), started(hour, 'c-3')];
    const list = new StubList(serverOf(rows), now);
    const walked = await list.walk({ order: 'NEWEST_FIRST', filter: {}, size: 3, budget: 20 }, 10);
    expect([idsOf(walked), toldBy(walked)]).toEqual([['c-3', 'c-2', 'c-1'], []]);
  });

  it('and in a longer one is told on the last page, when its place has been passed', async () => {
    const calls = Array.from({ length: 200 }, (_, index) => started(index * minute, `c-${index}`));
    const rows = [...calls, unstarted(30.5 * minute, 'c-x')];
    const list = new StubList(serverOf(rows), now);
    const walked = await list.walk({ order: 'NEWEST_FIRST', filter: {}, size: 20, budget: 20 }, 20);
    expect(idsOf(walked)).toHaveLength(200);
    expect(walked.pages.slice(0, -1).every(({ skipped }) => skipped?.length === 0)).toBe(true);
    expect(walked.pages.at(-1)?.skipped).toEqual([
      { providerCallId: 'c-x', reason: expect.stringContaining('has not started') },
    ]);
  });

  it('one without an id is told once, on the page where it is met', async () => {
    const calls = Array.from({ length: 100 }, (_, index) => started(index * hour, `c-${index}`));
    const rows = [...calls, unplaced(94.5 * hour, null), unplaced(14.5 * hour, null)];
    const list = new StubList(serverOf(rows), now);
    const walked = await list.walk({ order: 'OLDEST_FIRST', filter: {}, size: 10, budget: 20 }, 20);
    expect(walked.pages.map(({ skipped }) => skipped?.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('a server that shows them within bounds is believed, and not read once more from its beginning', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => started(index * 10 * minute, `c-${index}`));
    const shown = rows.map((row, index) => {
      const { wire } = unstarted(index * 10 * minute, `c-${index}`);
      return index % 50 === 1 ? { ...row, wire } : row;
    });
    const list = new StubList(serverOf(shown), now);
    const walked = await list.walk({ order: 'NEWEST_FIRST', filter: {}, size: 100, budget: 20 }, 20);
    expect(idsOf(walked)).toHaveLength(900);
    expect(toldBy(walked)).toEqual([]);
    expect(list.rows).toBeLessThanOrEqual(1_800);
  });
});

describe('what it costs to look for calls that have not started', () => {
  const rowsOf = (count: number) => [
    ...Array.from({ length: count }, (_, index) => started((index / count) * 7 * day, `c-${index}`)),
    unplaced(3 * day, { callId: 'c-x' }),
  ];

  it.each([
    [12, 20, 3],
    [300, 500, 3],
    [1_500, 2_000, 3],
  ])('nothing in a list of one page: %i calls, %i a page', async (count, size, requests) => {
    const list = new StubList(serverOf(rowsOf(count)), now);
    const { pages } = await list.walk({ order: 'NEWEST_FIRST', filter: {}, size, budget: 20 }, 5);
    expect(pages).toHaveLength(1);
    expect(list.requests).toBeLessThanOrEqual(requests);
  });

  it('the list once more, in large steps, on the last of many pages, and on no other', async () => {
    const list = new StubList(serverOf(rowsOf(12_000)), now);
    const costs: number[] = [];
    let one: Page | undefined;
    do {
      const before = list.requests;
      const after = one?.calls.at(-1);
      one = await list.page({
        order: 'NEWEST_FIRST',
        filter: {},
        size: 500,
        budget: 20,
        after,
        hint: one?.hint,
      });
      costs.push(list.requests - before);
    } while (one.more);
    expect(costs).toHaveLength(24);
    expect(one.skipped).toEqual([{ providerCallId: 'c-x', reason: skipReasons.noTime }]);
    expect(Math.max(...costs.slice(0, -1))).toBeLessThanOrEqual(3);
    expect(costs.at(-1)).toBeLessThanOrEqual(6);
  });

  it('nothing more where that has been done, as when other accounts have more', async () => {
    const list = new StubList(serverOf(rowsOf(6_000)), now);
    const after = { createdAt: toTime(now - 7 * day + hour), providerCallId: 'c' };
    const request = { order: 'NEWEST_FIRST', filter: {}, size: 500, budget: 20, after } as const;
    const { hint, more, calls, skipped } = await list.page(request);
    expect([more, skipped?.length]).toEqual([false, 1]);
    const [before, rows] = [list.requests, list.rows];
    const again = await list.page({ ...request, after: calls.at(3), hint });
    expect([again.more, again.skipped]).toEqual([false, []]);
    expect(list.requests - before).toBeLessThanOrEqual(2);
    expect(list.rows - rows).toBeLessThanOrEqual(1_000);
  });

  it('what the page has left, and then it is told that they were not all looked for', async () => {
    const list = new StubList(serverOf(rowsOf(30_000)), now);
    const after = { createdAt: toTime(now - 7 * day + minute), providerCallId: 'c' };
    const told = new Set<string>();
    for (let budget = 1; budget <= 20; budget += 1) {
      const request = { order: 'NEWEST_FIRST', filter: {}, size: 20, budget, after } as const;
      const { more, skipped = [] } = await list.page(request);
      if (!more) told.add(JSON.stringify(skipped.map(({ providerCallId }) => providerCallId)));
    }
    expect([...told]).toEqual(['[""]', '["c-x",""]', '["c-x"]']);
  });

  it('nothing where a bound from below spares it', async () => {
    const list = new StubList(serverOf(rowsOf(12_000)), now);
    const filter = { createdAfter: toTime(now - hour) };
    await list.walk({ order: 'NEWEST_FIRST', filter, size: 20, budget: 20 }, 20);
    expect(list.rows).toBeLessThanOrEqual(600);
  });
});
