import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparatorOf, positionOf } from '../../../src/calls/order.ts';
import type { PageRequest, Position } from '../../../src/calls/page.ts';
import type { ConnectOptions } from '../../../src/sandbox/index.ts';
import { connect, operation, sbc } from './harness.ts';

/** Long enough before the carrier's clock for all calls to have ended: SBC lists no others. */
const BASE = Date.UTC(2026, 10, 18, 6);

const race = fc.record({
  order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
  size: fc.integer({ min: 1, max: 30 }),
  budget: fc.constantFrom(4, 50),
  format: fc.constantFrom('json' as const, 'xml' as const),
  // Sparse, so that a page takes several requests.
  direction: fc.constantFrom(undefined, 'OUTBOUND' as const),
  gaps: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 150, size: 'max' }),
  // What happens before the next requests are answered.
  events: fc.array(fc.constantFrom('nothing', 'add', 'addThree', 'remove', 'junk'), {
    minLength: 1,
    maxLength: 7,
  }),
});

const servers: Record<string, ConnectOptions | 'sbc'> = {
  Connect: { unstableTies: true },
  'Connect without SortBy': { sortBy: false },
  SBC: 'sbc',
};

test.each(Object.entries(servers))(
  '%s: calls that come and go between any two requests let no other be missed or repeated',
  async (_, server) => {
    await fc.assert(
      fc.asyncProperty(race, async ({ order, size, budget, format, direction, gaps, events }) => {
        const { carrier, adapter } = server === 'sbc' ? await sbc({}, format) : await connect(server, format);
        let latest = BASE;
        const add = (gap: number, index: number) => {
          latest += gap * 1000;
          const start = latest + (index % 7) * 9_000;
          const words = index % 9 === 0 ? 'outbound' : 'inbound';
          return carrier.add({ date_created: latest, start_time: start, end_time: start, direction: words })
            .sid;
        };
        const steady = new Set(gaps.map(add));
        let requests = 0;
        carrier.faults.add({
          when: () => {
            const event = events[requests++ % events.length];
            const added = event === 'add' ? 1 : event === 'addThree' ? 3 : 0;
            for (let index = 0; index < added && requests < 100; index++) add(index, index);
            const gone =
              event === 'remove' ? carrier.calls[(requests * 37) % carrier.calls.length]?.sid : undefined;
            if (gone !== undefined) steady.delete(gone);
            if (gone !== undefined) carrier.remove(gone);
            return event === 'junk' && requests % 2 === 0;
          },
          do: { kind: 'junk-metadata' },
        });
        const compare = comparatorOf(order);
        const seen: Position[] = [];
        const filter = direction === undefined ? {} : { direction };
        let request: PageRequest = { order, size, budget, filter };
        for (let pages = 0; ; pages += 1) {
          const page = await adapter.page(request, operation());
          seen.push(...page.calls.map(positionOf));
          expect(pages).toBeLessThan(1_000);
          if (!page.more) break;
          const after = page.stopped ?? seen.at(-1);
          if (seen.length > 0 && page.stopped)
            expect(compare(seen.at(-1) as Position, page.stopped)).toBeLessThan(0);
          request = { ...request, after, hint: page.hint };
        }
        const isInOrder = seen.every(
          (each, index) => index === 0 || compare(seen[index - 1] as Position, each) < 0,
        );
        expect(isInOrder).toBe(true);
        const ids = new Set(seen.map(({ providerCallId }) => providerCallId));
        const wanted = carrier.calls.filter(
          (call) => direction === undefined || call.direction === 'outbound',
        );
        const missed = wanted.filter(({ sid }) => steady.has(sid) && !ids.has(sid));
        expect(missed).toEqual([]);
        await adapter.close();
        await carrier.close();
      }),
      { numRuns: 12, endOnFailure: true },
    );
  },
  120_000,
);
