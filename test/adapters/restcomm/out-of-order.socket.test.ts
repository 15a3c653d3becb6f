import { describe, expect, onTestFinished, test } from 'vitest';
import { positionOf } from '../../../src/calls/order.ts';
import type { PageRequest } from '../../../src/calls/page.ts';
import { startRowServer, toRestcommPage } from '../../support/row-server.ts';
import { someOperation } from '../../support/some-call.ts';

const newest = Date.UTC(2026, 10, 21, 6, 20);
const at = (n: number) => new Date(newest - n * 1_000).toISOString();

describe('no row takes down a list that is too long to be read whole', () => {
  /** 10,300 rows, newest first, the one at 30 changed. */
  const rows = (change: object) =>
    Array.from({ length: 10_300 }, (_, n) => {
      const row = {
        sid: `CA${n}`,
        status: 'completed',
        date_created: at(n),
        start_time: at(n),
        end_time: at(n),
      };
      return n === 30 ? { ...row, ...change } : row;
    });

  test.each([
    ['Connect, one of another time', 'created', { date_created: at(9_000) }],
    ['Connect without SortBy, one of another time', 'started', { start_time: at(9_000) }],
    ['Connect without SortBy, one that never started', 'started', { start_time: null }],
    ['SBC, one of another time', 'sbc', { start_time: at(9_000) }],
  ])(
    '%s',
    async (_, kind, change) => {
      const list = rows(change);
      const kindOfServer = kind === 'sbc' ? 'SBC' : 'CONNECT';
      const server = await startRowServer(kindOfServer, (asked) => {
        const sort = asked.query.get('SortBy');
        if (kind === 'created' && sort === 'DateCreated:neither') return { status: 400 };
        const isNewestFirst = kind === 'created' && sort !== 'DateCreated:asc';
        return toRestcommPage(kindOfServer, asked, isNewestFirst ? list : list.toReversed());
      });
      onTestFinished(() => server.close());
      let request: PageRequest = { order: 'NEWEST_FIRST', filter: {}, size: 20, budget: 20 };
      const ids: string[] = [];
      const told: string[] = [];
      for (let pages = 0; pages < 4; pages += 1) {
        const page = await server.adapter.page(request, someOperation());
        ids.push(...page.calls.map(({ providerCallId }) => providerCallId));
        told.push(...(page.skipped ?? []).map(({ providerCallId }) => providerCallId));
        request = {
          ...request,
          after: page.stopped ?? positionOf(page.calls.at(-1) as never),
          hint: page.hint,
        };
      }
      expect(told).toEqual(['CA30']);
      expect(ids).toEqual(
        list
          .map(({ sid }) => sid)
          .filter((sid) => sid !== 'CA30')
          .slice(0, ids.length),
      );
      expect(ids.length).toBeGreaterThanOrEqual(60);
      // It takes a while to see that the rows are in no order, and then the pages are as cheap as others.
      const late = server.asked.slice(-3).map(({ query }) => Number(query.get('PageSize')));
      expect(Math.max(...late)).toBeLessThan(2_500);
    },
    120_000,
  );
});
