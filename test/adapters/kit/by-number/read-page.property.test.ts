import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPage } from '../../../../src/adapters/kit/by-number/read-page.ts';
import type { PageRequest } from '../../../../src/calls/page.ts';
import { idsOn, walkPages } from '../../../../src/contract/walk-pages.ts';
import { someCall } from '../../../support/some-call.ts';
import { MemorySource } from './memory-source.ts';

const base = Date.UTC(2026, 10, 21, 6, 20);

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
        const [before, after] = [inOrder[n - 1]?.time ?? base, inOrder[n + 1]?.time ?? right];
        const told = right + shift * 1_000;
        const isWrong = n > 0 && n < gaps.length - 1 && (told < before || told > after);
        if (isWrong) wrong.add(id);
        const createdAt = new Date(isWrong ? told : right).toISOString();
        return someCall({ providerCallId: id, createdAt });
      });
      const source = new MemorySource({
        sorts: 'as-requested',
        later: 0,
        tolerance: 0.1,
        rowsOf: ({ page, size }) => rows.slice(page * size, (page + 1) * size),
        total: () => rows.length,
      });
      const page = ({ hint: _, ...request }: PageRequest) => readPage(source.of(request), request);
      const request = { order: 'OLDEST_FIRST', filter: {}, size, budget: 60 } as const;
      const pages = await walkPages({ page }, request, { mostPages: 200 });
      const ids = idsOn(pages);
      const told = pages.flatMap(({ skipped = [] }) => skipped.map(({ providerCallId }) => providerCallId));
      const met = new Set([...told, ...ids]);
      expect(inOrder.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      // Of two neighbours in the wrong order, either may be the one that stands out of it.
      expect(new Set(told).size).toBeLessThanOrEqual(2 * wrong.size);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});
