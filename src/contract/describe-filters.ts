import { describe, expect, it } from 'vitest';
import type { Call } from '../calls/call.ts';
import { isMatch } from '../calls/filter.ts';
import type { CallFilter } from '../calls/new-call.ts';
import type { CallOrder } from '../generated/schema.ts';
import type { Contracted } from './contracted.ts';
import { walkPages } from './walk-pages.ts';

const hour = 3_600_000;
const orders: readonly CallOrder[] = ['OLDEST_FIRST', 'NEWEST_FIRST'];

/** Describes what filters make of a list, whether the provider can apply them or not. */
export function describeFilters(its: () => Contracted): void {
  describe('with a filter', () => {
    const listed = async (order: CallOrder, size: number, filter: CallFilter): Promise<Call[]> => {
      const pages = await walkPages(its().adapter, { order, filter, size, budget: 20 });
      for (const { calls, skipped = [] } of pages) {
        expect(calls.length).toBeLessThanOrEqual(size);
        expect(skipped).toEqual([]);
      }
      return pages.flatMap(({ calls }) => calls);
    };
    const idsOf = (calls: readonly Call[]) => calls.map(({ providerCallId }) => providerCallId);

    it.each(orders)('gives what a filter asks for and nothing else, %s', async (order) => {
      const now = its().clock.now();
      const numbers = ['+19195550101', '+19195550102', '+19195550103'];
      for (let i = 0; i < 24; i += 1) {
        its().add(now - 30 * hour + i * hour, {
          to: numbers[i % 3] as string,
          from: numbers[i % 2] as string,
        });
      }
      const all = await listed(order, 50, {});
      expect(all).toHaveLength(24);
      const filters: CallFilter[] = [
        { to: '+19195550102' },
        { from: '+19195550101', to: '+19195550103' },
        { to: '+1 (919) 555-0102' },
        { to: '+19195559999' },
        { statuses: ['COMPLETED'] },
        { statuses: ['BUSY', 'COMPLETED'] },
        { statuses: ['RINGING'] },
        { direction: 'OUTBOUND' },
        { direction: 'INBOUND' },
        { endReason: 'HANGUP' },
        { createdAfter: all[4]?.createdAt as string },
        { createdBefore: all[4]?.createdAt as string },
        {
          createdAfter: new Date(now - 20 * hour).toISOString(),
          createdBefore: new Date(now - 9 * hour).toISOString(),
        },
        { createdAfter: new Date(now - hour).toISOString() },
      ];
      for (const filter of filters) {
        const expected = all.filter((call) => isMatch(call, filter));
        expect(idsOf(await listed(order, 5, filter)), JSON.stringify(filter)).toEqual(idsOf(expected));
      }
    });
  });
}
