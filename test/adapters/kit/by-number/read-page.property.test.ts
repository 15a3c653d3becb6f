import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedCall } from '../../../../src/adapters/kit/by-number/list-row.ts';
import { coveringPage, type Lane, timeKey } from '../../../../src/adapters/kit/by-number/number-source.ts';
import { toStretch } from '../../../../src/adapters/kit/by-number/row-range.ts';
import { Reading } from '../../../../src/adapters/kit/by-number/watermark.ts';
import { positionOf } from '../../../../src/calls/order.ts';
import type { Position } from '../../../../src/calls/page.ts';
import { someCall } from '../../../support/some-call.ts';

const base = Date.UTC(2026, 10, 21, 6, 20);

/** A list in memory, oldest first, in which rows that stand out of order are left out. */
function laneOf(rows: readonly ListedCall[]): Lane {
  return {
    slackBefore: 0,
    slackBehind: 0,
    growsInFront: false,
    hasSorted: true,
    read: async (offset, count) => {
      const from = Math.max(0, offset);
      const { page, size } = coveringPage(from, from + count);
      const found = rows.slice(page * size, (page + 1) * size);
      const isLast = found.length < size;
      const slice = { offset: page * size, rows: found, isLast, total: rows.length, isFirst: page === 0 };
      return toStretch(slice, { keyOf: ({ createdAt }) => timeKey(createdAt, 1), isLoose: true });
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
        return someCall({ providerCallId: id, createdAt }) as ListedCall;
      });
      const ids: string[] = [];
      const told: string[] = [];
      let after: Position | undefined;
      for (let pages = 0; ; pages += 1) {
        expect(pages).toBeLessThan(200);
        const wish = { order: 'OLDEST_FIRST', filter: {}, after, size, hint: undefined } as const;
        const lane = laneOf(rows);
        const reading = new Reading(lane, { ...wish, isWanted: () => true, mayBeWanted: () => true });
        for (let reads = 0; !reading.isDone; reads += 1) {
          expect(reads).toBeLessThan(60);
          const stretch = await lane.read(reading.next.offset, reading.next.count, undefined as never);
          reading.take(stretch as NonNullable<typeof stretch>);
        }
        ids.push(...reading.calls.map(({ providerCallId }) => providerCallId));
        told.push(...reading.skipped.map(({ providerCallId }) => providerCallId));
        if (!reading.hasMore) break;
        after = positionOf(reading.calls.at(-1) as ListedCall);
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
