import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../../../src/adapters/kit/by-token/read-page.ts';
import { isMatch } from '../../../../src/calls/filter.ts';
import { positionOf } from '../../../../src/calls/order.ts';
import type { PageRequest, Position } from '../../../../src/calls/page.ts';
import { runs } from '../../../support/runs.ts';
import { someCall } from '../../../support/some-call.ts';
import { type ListedCall, MemorySource } from './memory-source.ts';

const numRuns = runs(2);
const now = Date.parse('2026-11-20T12:00:00.000Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const wanted = '+19195550177';

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** So many calls in so long, of which one in some is wanted and one in three had to wait for minutes. */
const cluster = fc.record({
  count: fc.constantFrom(300, 3_000, 12_000, 20_000),
  // More than one request can bring of the shortest window is beyond what one request a page can cross.
  span: fc.constantFrom(minute, 10 * minute, 20 * minute, 2 * hour),
  age: fc.oneof(fc.constantFrom(0, 5 * second, hour), fc.integer({ min: 0, max: 7 * 24 * hour })),
  every: fc.constantFrom(100, 1_000, 100_000),
});
type Cluster = typeof cluster extends fc.Arbitrary<infer T> ? T : never;

function toCalls(clusters: readonly Cluster[], rowsPerMinute: number): ListedCall[] {
  return clusters.flatMap(({ count, span, age, every }, which) =>
    Array.from({ length: Math.min(count, (span / minute) * rowsPerMinute) }, (_, index) => {
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
}

// A window is no shorter than a call may wait, ten minutes for the source that sorts newest first, twice over.
describe.each([
  ['oldest-first', 12_000],
  ['newest-first', 400],
] as const)('a source that sorts %s', (sorts, rowsPerMinute) => {
  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)(
    'a walk through clusters of thousands ends, with every call once, however small the budget: %s',
    { timeout: 600_000 },
    async (order) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(cluster, { minLength: 1, maxLength: 3 }),
          fc.constantFrom(1, 1, 2, 5),
          fc.constantFrom(5, 20, 100),
          async (clusters, budget, size) => {
            const calls = toCalls(clusters, rowsPerMinute / clusters.length);
            const source = new MemorySource(calls, { sorts, step: second });
            const filter = { to: wanted };
            const found: string[] = [];
            const states = new Set<string>();
            let after: Position | undefined;
            let hint: string | undefined;
            for (let more = true; more; ) {
              const request: PageRequest = { order, filter, size, budget, after, hint };
              const page = await readPage(request, source, now);
              found.push(...page.calls.map(({ providerCallId }) => providerCallId));
              const last = page.calls.at(-1);
              after = page.stopped ?? (last && positionOf(last));
              ({ hint, more } = page);
              const state = JSON.stringify([after, hint]);
              expect(states.has(state) && more, `${state} once more`).toBe(false);
              states.add(state);
            }
            const expected = calls
              .filter((call) => isMatch(call, filter))
              .map(({ providerCallId }) => providerCallId);
            expect(found.length).toBe(expected.length);
            expect(new Set(found)).toEqual(new Set(expected));
          },
        ),
        { numRuns },
      );
    },
  );
});
