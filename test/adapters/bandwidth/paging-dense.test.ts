import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Chunk } from '../../../src/adapters/bandwidth/call-list.ts';
import type { ListQuery } from '../../../src/adapters/bandwidth/list-query.ts';
import type { PlacedCall } from '../../../src/adapters/bandwidth/list-rows.ts';
import { readNewestFirst } from '../../../src/adapters/bandwidth/newest-first.ts';
import { Unstarted } from '../../../src/adapters/bandwidth/unstarted.ts';
import { isMatch } from '../../../src/calls/filter.ts';
import { positionOf } from '../../../src/calls/order.ts';
import type { PageRequest, Position } from '../../../src/calls/page.ts';
import { someCall } from '../../support/some-call.ts';

/** How many walks; more of them by hand. */
const runs = Number(process.env.PAGING_RUNS ?? 15);
const now = Date.parse('2026-11-20T12:00:00.000Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const wanted = '+19195550177';

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** So many calls in so long, of which one in some is wanted and one in three had to wait for minutes. */
const crowd = fc.record({
  count: fc.constantFrom(300, 3_000, 12_000, 20_000),
  // More than one request can bring of the shortest window is beyond what one request a page can cross.
  span: fc.constantFrom(minute, 10 * minute, 20 * minute, 2 * hour),
  age: fc.oneof(fc.constantFrom(0, 5 * second, hour), fc.integer({ min: 0, max: 7 * 24 * hour })),
  every: fc.constantFrom(100, 1_000, 100_000),
});
type Crowd = typeof crowd extends fc.Arbitrary<infer T> ? T : never;

function toCalls(crowds: readonly Crowd[]): PlacedCall[] {
  const calls = crowds.flatMap(({ count, span, age, every }, which) =>
    Array.from({ length: Math.min(count, (span / minute) * 12_000) }, (_, index) => {
      const created = now - age - Math.floor((((index * 7919) % count) / count) * span);
      const wait = index % 3 === 0 ? ((index * 104_729) % 590) * second : index % 500;
      const call = someCall({
        providerCallId: `c-${which}-${index}`,
        startedAt: toTime(created + wait),
        to: index % every === 0 ? wanted : '+19195550100',
      });
      return { ...call, createdAt: toTime(created) };
    }),
  );
  return calls.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** Bandwidth's list as the sheet of its API has it, without the sockets: oldest first, within whole seconds. */
class MemoryList {
  readonly #calls: readonly PlacedCall[];
  #left: number;

  constructor(calls: readonly PlacedCall[], budget: number) {
    this.#calls = calls;
    this.#left = budget;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  async read({ min, max, pageSize, token = '0' }: ListQuery): Promise<Chunk> {
    this.#left -= 1;
    const first = min === undefined ? '' : toTime(Math.floor(min / second) * second);
    const last = max === undefined ? '~' : toTime(Math.ceil(max / second) * second);
    const within = this.#calls.filter(
      ({ startedAt }) => (startedAt ?? '') >= first && (startedAt ?? '~') <= last,
    );
    const end = Number(token) + pageSize;
    return {
      calls: within.slice(Number(token), end),
      unplaced: [],
      next: end < within.length ? String(end) : undefined,
    };
  }
}

it('a walk through crowds of thousands ends, with every call once, however small the budget', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(crowd, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(1, 1, 2, 5),
      fc.constantFrom(5, 20, 100),
      async (crowds, budget, size) => {
        const calls = toCalls(crowds);
        const filter = { to: wanted };
        const found: string[] = [];
        const places = new Set<string>();
        let after: Position | undefined;
        let hint: string | undefined;
        for (let more = true; more; ) {
          const list = new MemoryList(calls, budget) as never;
          const request: PageRequest = { order: 'NEWEST_FIRST', filter, size, budget, after, hint };
          const page = await readNewestFirst(request, list, new Unstarted(request, list, undefined), now);
          if (page === 'unbounded') expect.unreachable();
          found.push(...page.calls.map(({ providerCallId }) => providerCallId));
          const last = page.calls.at(-1);
          after = page.stopped ?? (last && positionOf(last));
          ({ hint, more } = page);
          const place = JSON.stringify([after, hint]);
          expect(places.has(place) && more, `${place} once more`).toBe(false);
          places.add(place);
        }
        const expected = calls
          .filter((call) => isMatch(call, filter))
          .map(({ providerCallId }) => providerCallId);
        expect(found.length).toBe(expected.length);
        expect(new Set(found)).toEqual(new Set(expected));
      },
    ),
    { numRuns: runs },
  );
});
