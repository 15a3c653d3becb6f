import { expect, it } from 'vitest';
import { readPage } from '../../../../src/adapters/kit/by-token/read-page.ts';
import type { TokenPage, TokenQuery } from '../../../../src/adapters/kit/by-token/token-source.ts';
import { someCall } from '../../../support/some-call.ts';
import { MemorySource } from './memory-source.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const minute = 60_000;

const calls = Array.from({ length: 40 }, (_, index) => {
  const createdAt = new Date(now - (index + 1) * 100 * minute).toISOString();
  return { ...someCall({ providerCallId: `c-${index}`, startedAt: createdAt }), createdAt };
});

/** Gives no more than so many rows on a page; with 0, none on the first one only. */
class ShortPages extends MemorySource {
  readonly asked: TokenQuery[] = [];
  readonly most: number;

  constructor(most: number) {
    super(calls, { sorts: 'oldest-first', step: 1_000 });
    this.most = most;
  }

  override read(query: TokenQuery): Promise<TokenPage> {
    this.asked.push(query);
    if (this.most === 0 && query.token === undefined)
      return Promise.resolve({ rows: [], next: '-1/', hasUnstarted: false });
    return super.read({ ...query, size: Math.min(query.size, this.most || query.size) });
  }
}

it.each([0, 3])('a list whose pages have %i rows is tried as a whole once', async (most) => {
  const source = new ShortPages(most);
  const request = { order: 'NEWEST_FIRST', filter: {}, size: 50, budget: 40 } as const;
  const page = await readPage({ ...request, hint: 'n 40 40 240000000' }, source, now);
  expect([page.calls.length, page.more]).toEqual([40, false]);
  const whole = source.asked.filter(
    ({ min, max, size }) => min === undefined && max === undefined && size === 99,
  );
  expect(whole).toHaveLength(1);
});
