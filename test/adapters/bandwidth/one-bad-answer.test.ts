import { describe, expect, it } from 'vitest';
import {
  type Answered,
  type Asked,
  idsOf,
  type Server,
  StubList,
  type StubRow,
  within,
} from './list-stub.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const minute = 60_000;
const orders = ['NEWEST_FIRST', 'OLDEST_FIRST'] as const;

/** 3,000 calls, one every two minutes, oldest first. */
const rows: readonly StubRow[] = Array.from({ length: 3_000 }, (_, n) => {
  const startTime = now - 2 * minute * (3_000 - n);
  const time = new Date(startTime).toISOString();
  const wire = { callId: `c-${n}`, state: 'answered', enqueuedTime: time, startTime: time };
  return { createdTime: startTime, wire, startTime };
});
const ids = rows.map(({ wire }) => (wire as { callId: string }).callId);

const honest: Server = (asked) => {
  const all = within(rows, asked);
  const start = Number(asked.token ?? 0);
  const end = start + asked.pageSize;
  return { rows: all.slice(start, end), next: end < all.length ? String(end) : undefined };
};

const spoilt: Readonly<Record<string, (asked: Asked) => Answered>> = {
  'an object in place of the list': () => ({ rows: {} as never }),
  'a Link that leads nowhere': (asked) => ({ ...honest(asked), next: 'a b' }),
  'rows that keep to no bound': ({ pageSize }) => ({
    rows: rows
      .toReversed()
      .slice(0, pageSize)
      .concat(rows.slice(0, 3_000))
      .map(({ wire }) => wire),
  }),
  'a token that was given before': (asked) => ({ ...honest(asked), next: asked.token ?? '300' }),
};

describe.each(orders)(
  'one bad answer is read again, and nothing concluded from it: Bandwidth, %s',
  (order) => {
    it.each(Object.entries(spoilt))('%s', async (_, spoil) => {
      const wanted = order === 'OLDEST_FIRST' ? ids : ids.toReversed();
      const request = { order, filter: {}, size: 20, budget: 20 } as const;
      const good = new StubList(honest, now);
      expect(idsOf(await good.walk(request, 1_000))).toEqual(wanted);
      for (const nth of [0, 1, 2, 3, 5]) {
        const bad = new StubList((asked) => (asked.nth === nth ? spoil(asked) : honest(asked)), now);
        const walk = await bad.walk(request, 1_000);
        expect(walk.failed).toBeUndefined();
        expect(idsOf(walk)).toEqual(wanted);
        expect(bad.requests).toBeLessThanOrEqual(good.requests + 1);
      }
    });

    it('also where the budget is spent by it', async () => {
      const bad = new StubList((asked) => (asked.nth === 0 ? { rows: {} as never } : honest(asked)), now);
      const { calls, stopped } = await bad.page({ order, filter: {}, size: 20, budget: 1 });
      expect(calls.length > 0 || stopped !== undefined).toBe(true);
      expect(bad.requests).toBe(2);
    });
  },
);
