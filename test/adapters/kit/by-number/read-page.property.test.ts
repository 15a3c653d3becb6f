import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NumberSource } from '../../../../src/adapters/kit/by-number/number-source.ts';
import { readPage } from '../../../../src/adapters/kit/by-number/read-page.ts';
import type { Call } from '../../../../src/calls/call.ts';
import { positionOf } from '../../../../src/calls/order.ts';
import type { Position } from '../../../../src/calls/page.ts';
import { timeOf } from '../../../../src/calls/time-of.ts';
import { someAccount, someCall } from '../../../support/some-call.ts';

const base = Date.UTC(2026, 10, 21, 6, 20);

/** A list in memory, oldest first, in which rows that are out of order are skipped. */
function sourceOf(rows: readonly Call[]): NumberSource {
  let reads = 0;
  return {
    account: someAccount(),
    letter: 'c',
    sorts: 'as-requested',
    sortTime: ({ createdAt }) => timeOf(createdAt),
    slack: { later: 0, earlier: 0 },
    tolerance: 0.1,
    largestPage: 1_000,
    createMatcher: () => () => true,
    read: async ({ page, size }) => {
      reads += 1;
      expect(reads).toBeLessThan(60);
      return { rows: rows.slice(page * size, (page + 1) * size), total: rows.length };
    },
  };
}

/** Rows far enough apart that each stands among others in order, wherever an answer begins and ends. */
const given = fc.record({
  gaps: fc.array(fc.constantFrom(0, 1, 17, 300), { minLength: 20, maxLength: 300, size: 'max' }),
  misplaced: fc.array(fc.record({ at: fc.nat(9), shift: fc.integer({ min: -90_000, max: 90_000 }) }), {
    minLength: 1,
    maxLength: 8,
    size: 'max',
  }),
  size: fc.integer({ min: 4, max: 30 }),
});

test('a row out of order hides no other, wherever in an answer it stands, and is told', async () => {
  await fc.assert(
    fc.asyncProperty(given, async ({ gaps, misplaced, size }) => {
      let time = base;
      const inOrder = gaps.map((gap, n) => {
        time += gap * 1_000;
        return { id: `CA${String(n).padStart(4, '0')}`, time };
      });
      const wrong = new Set<string>();
      const rows = inOrder.map(({ id, time: right }, n) => {
        const plan = misplaced[Math.floor(n / 40) % misplaced.length];
        const shift = n % 40 === plan?.at ? plan.shift : 0;
        const [before, behind] = [inOrder[n - 1]?.time ?? base, inOrder[n + 1]?.time ?? right];
        const told = right + shift * 1_000;
        const isWrong = n > 0 && n < gaps.length - 1 && (told < before || told > behind);
        if (isWrong) wrong.add(id);
        const createdAt = new Date(isWrong ? told : right).toISOString();
        return someCall({ providerCallId: id, createdAt });
      });
      const ids: string[] = [];
      const told: string[] = [];
      let after: Position | undefined;
      for (let pages = 0; ; pages += 1) {
        expect(pages).toBeLessThan(200);
        const request = { order: 'OLDEST_FIRST', filter: {}, after, size, budget: 60 } as const;
        const page = await readPage(sourceOf(rows), request);
        ids.push(...page.calls.map(({ providerCallId }) => providerCallId));
        told.push(...(page.skipped ?? []).map(({ providerCallId }) => providerCallId));
        if (!page.more) break;
        after = positionOf(page.calls.at(-1) as Call);
      }
      const met = new Set([...told, ...ids]);
      expect(inOrder.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      // Of two neighbours in the wrong order, either may be the one that stands out of it.
      expect(new Set(told).size).toBeLessThanOrEqual(2 * wrong.size);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});
