import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, idsOf, type Server, StubList, type StubRow, within } from './list-stub.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const orders = ['NEWEST_FIRST', 'OLDEST_FIRST'] as const;

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** A call created so long ago that waited so long in the queue. */
function rowOf(age: number, wait: number, id: number): StubRow {
  const startTime = now - age + wait;
  const times = { enqueuedTime: toTime(now - age), startTime: toTime(startTime) };
  return { createdTime: now - age, startTime, wire: { callId: `c-${id}`, state: 'answered', ...times } };
}

function serverOf(rows: readonly StubRow[], journal: Asked[] = []): Server {
  return (asked) => {
    journal.push(asked);
    const all = within(rows, asked);
    const start = Number(asked.token ?? 0);
    const end = start + asked.pageSize;
    return { rows: all.slice(start, end), next: end < all.length ? String(end) : undefined };
  };
}

/** One call a minute for a week, 10,080 of them. */
const week = Array.from({ length: 7 * 24 * 60 }, (_, index) => rowOf(index * minute, 300, index));

describe.each(orders)('ten calls wanted of 10,080 cost few rows, %s', (order) => {
  const first = now - 7 * day + minute;
  const middle = now - 3 * day;

  it.each([
    ['before a time', { createdBefore: toTime(first + 9 * minute) }],
    [
      'between two times',
      { createdAfter: toTime(middle), createdBefore: toTime(middle + 9 * minute + 30 * second) },
    ],
  ])('%s', async (_, filter) => {
    const list = new StubList(serverOf(week), now);
    const walked = await list.walk({ order, filter, size: 500, budget: 20 }, 3);
    expect(walked.pages).toHaveLength(1);
    expect(idsOf(walked)).toHaveLength(10);
    expect(list.requests).toBeLessThanOrEqual(4);
    expect(list.rows).toBeLessThanOrEqual(150);
  });

  it('behind a cursor near the end', async () => {
    const list = new StubList(serverOf(week), now);
    const age = order === 'OLDEST_FIRST' ? 9.5 * minute : 7 * day - 10.5 * minute;
    const after = { createdAt: toTime(now - age), providerCallId: 'c' };
    const { calls, more } = await list.page({ order, filter: {}, size: 500, budget: 20, after });
    expect([calls.length, more]).toEqual([10, false]);
    expect(list.rows).toBeLessThanOrEqual(order === 'OLDEST_FIRST' ? 12 : 10_500);
  });
});

describe('a list within two times', () => {
  const call = fc.record({
    age: fc.oneof(fc.integer({ min: 0, max: 7 * day }), fc.integer({ min: 0, max: 20 * minute })),
    wait: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 10 * minute - second })),
  });
  const bound = fc.option(
    fc.integer({ min: 0, max: 8 * day }).map((age) => toTime(now - age)),
    { nil: undefined },
  );

  it('has every call of that time once, and asks for none that began outside of it and of the longest wait', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { maxLength: 200, size: 'max' }),
        fc.constantFrom(...orders),
        bound,
        bound,
        fc.integer({ min: 1, max: 80 }),
        fc.constantFrom(2, 20),
        async (calls, order, createdAfter, createdBefore, size, budget) => {
          const rows = calls.map(({ age, wait }, index) => rowOf(age, wait, index));
          const filter = {
            ...(createdAfter !== undefined && { createdAfter }),
            ...(createdBefore !== undefined && { createdBefore }),
          };
          const journal: Asked[] = [];
          const list = new StubList(serverOf(rows, journal), now);
          const walked = await list.walk({ order, filter, size, budget }, 1_000);
          expect(walked.failed).toBeUndefined();
          const wanted = calls.flatMap(({ age }, index) => {
            const time = toTime(now - age);
            return time >= (createdAfter ?? '') && time <= (createdBefore ?? '~') ? [`c-${index}`] : [];
          });
          expect(idsOf(walked).toSorted()).toEqual(wanted.toSorted());
          for (const { min, max, token } of journal) {
            // One that goes further back than calls are kept needs no bound.
            const isLong = createdAfter !== undefined && Date.parse(createdAfter) < now - 7.9 * day;
            if (createdAfter !== undefined && !isLong)
              expect(min).toBeGreaterThanOrEqual(Date.parse(createdAfter) - 6 * second);
            // Calls that have not started are looked for without bounds, where none is from below.
            if (createdBefore === undefined || (createdAfter === undefined && min === undefined)) continue;
            expect(max, token).toBeLessThanOrEqual(Date.parse(createdBefore) + 10 * minute + second);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
