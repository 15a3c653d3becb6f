import { describe, expect, it } from 'vitest';
import { readPage } from '../../../../src/adapters/kit/by-number/read-page.ts';
import type { Call } from '../../../../src/calls/call.ts';
import type { PageRequest } from '../../../../src/calls/page.ts';
import { eachPage } from '../../../../src/contract/walk-pages.ts';
import { someCall } from '../../../support/some-call.ts';
import { type MemoryList, MemorySource, type Sorts } from './memory-source.ts';

const now = Date.UTC(2026, 10, 21, 6, 20);
const day = 86_400_000;
const week = 7;

/** A number in [0, 1) that depends on the index alone. */
function noise(index: number): number {
  let bits = Math.imul(index ^ (index >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}

/** A week of calls, spread over each day, in whole seconds. No row exists before it is read. */
function weekOf(perDay: number, sorts: Sorts): MemoryList {
  const count = week * perDay;
  const rowAt = (index: number): Call => {
    const time = now - week * day + ((index + noise(index)) * day) / perDay;
    const createdAt = new Date(Math.floor(time / 1_000) * 1_000).toISOString();
    return someCall({ providerCallId: `C${index}`, createdAt, startedAt: createdAt });
  };
  return {
    sorts,
    later: 0,
    rowsOf: ({ page, size }, order) => {
      const length = Math.max(0, Math.min(size, count - page * size));
      const isReversed = sorts === 'as-requested' && order === 'NEWEST_FIRST';
      const indexes = Array.from({ length }, (_, index) => page * size + index);
      return indexes.map((index) => rowAt(isReversed ? count - 1 - index : index));
    },
    total: () => count,
  };
}

/** What each of the first 50 pages has cost. */
async function costOf(list: MemoryList, order: PageRequest['order'], size: number) {
  const source = new MemorySource(list);
  const costs: { requests: number; rows: number }[] = [];
  const page = (request: PageRequest) => readPage(source.of(request), request);
  for await (const _ of eachPage({ page }, { order, filter: {}, size, budget: 20 })) {
    const { requests, rows } = source;
    costs.push({ requests, rows });
    source.requests = 0;
    source.rows = 0;
    if (costs.length === 50) break;
  }
  return costs;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

describe.each([20, 1_000, 5_000, 100_000, 1_000_000])('a list of %i calls a day', (perDay) => {
  // A moment comes whole out of one response, so that a page reads the seconds of its first and last call to their ends.
  const perSecond = perDay / 86_400;

  describe.each(['as-requested', 'oldest-first'] as const)('that the provider sorts %s', (sorts) => {
    it.each([
      ['NEWEST_FIRST', 20],
      ['NEWEST_FIRST', 100],
      ['OLDEST_FIRST', 20],
      ['OLDEST_FIRST', 100],
    ] as const)(
      '%s in pages of %i: a request for each, and few rows more than it shows',
      async (order, size) => {
        const [first, ...further] = await costOf(weekOf(perDay, sorts), order, size);
        const isFromEnd = sorts === 'oldest-first' && order === 'NEWEST_FIRST';
        // From the end on, the first request tells how long the list is.
        expect(first?.requests).toBe(isFromEnd ? 2 : 1);
        expect(first?.rows).toBeLessThanOrEqual(3 * (size + 10));
        expect(further.map(({ requests }) => requests)).toEqual(further.map(() => 1));
        const rows = further.map((cost) => cost.rows);
        // A page begins at a multiple of its size, so that the last one of a short list may be most of the list.
        if (further.length === 1) return;
        const bar = 1.25 * (size + 10) + 2 * perSecond;
        const last = rows.slice(-10);
        expect(sum(rows) / rows.length).toBeLessThanOrEqual(bar);
        expect(sum(last) / last.length).toBeLessThanOrEqual(bar);
      },
    );
  });
});
