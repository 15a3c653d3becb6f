import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { isMatch } from '../../src/calls/filter.ts';
import type { CallFilter } from '../../src/calls/new-call.ts';
import { comparatorOf, positionOf } from '../../src/calls/order.ts';
import { type Contracted, patient } from '../../src/contract/contracted.ts';
import { eachPage } from '../../src/contract/walk-pages.ts';
import type { CallOrder } from '../../src/generated/schema.ts';
import { runs } from '../support/runs.ts';
import { contracts } from './carriers.ts';

const hour = 3_600_000;
const orders: readonly CallOrder[] = ['OLDEST_FIRST', 'NEWEST_FIRST'];

interface Walk {
  readonly order: CallOrder;
  readonly size: number;
  readonly filter?: CallFilter;
  /** Told after each page but the last. */
  readonly between?: () => void;
}

describe.each(Object.entries(contracts))('the list of %s', (_, start) => {
  let it_: Contracted;
  beforeEach(async () => {
    it_ = await start(patient);
  });
  afterEach(() => it_.close());

  /** Every call of a list, page by page. */
  async function walk({ order, size, filter = {}, between }: Walk): Promise<Call[]> {
    const calls: Call[] = [];
    for await (const page of eachPage(it_.adapter, { order, filter, size, budget: 20 })) {
      expect(page.calls.length).toBeLessThanOrEqual(size);
      expect(page.skipped ?? []).toEqual([]);
      calls.push(...page.calls);
      if (page.more) between?.();
    }
    return calls;
  }

  const idsOf = (calls: readonly Call[]) => calls.map(({ providerCallId }) => providerCallId);

  it.each(orders)('gives what a filter asks for and nothing else, %s', async (order) => {
    const now = it_.clock.now();
    const numbers = ['+19195550101', '+19195550102', '+19195550103'];
    for (let i = 0; i < 24; i += 1) {
      it_.add(now - 30 * hour + i * hour, { to: numbers[i % 3] as string, from: numbers[i % 2] as string });
    }
    const all = await walk({ order, size: 50 });
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
      expect(idsOf(await walk({ order, size: 5, filter })), JSON.stringify(filter)).toEqual(idsOf(expected));
    }
  });

  it('gives every call that stays exactly once and in order, while others come and go', async () => {
    // Seconds before now: clusters within a second, and spans of days without a call.
    const ages = fc.array(
      fc.oneof(fc.integer({ min: 200, max: 230 }), fc.integer({ min: 200, max: 500_000 })),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    const scenario = fc.record({
      ages,
      order: fc.constantFrom(...orders),
      size: fc.integer({ min: 1, max: 12 }),
      events: fc.array(fc.constantFrom('insert', 'remove', 'nothing'), { maxLength: 20 }),
      victims: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ ages: listed, order, size, events, victims }) => {
        await it_.close();
        it_ = await start(patient);
        const now = it_.clock.now();
        const ids = listed.map((age) => it_.add(now - age * 1_000));
        const gone = new Set<string>();
        let page = 0;
        const between = () => {
          const event = events[page];
          const victim = ids[(victims[page] ?? 0) % ids.length] as string;
          page += 1;
          if (event === 'insert') it_.add(now - 190_000 + page * 1_000);
          else if (event === 'remove' && !gone.has(victim)) {
            gone.add(victim);
            it_.remove(victim);
          }
        };
        const calls = await walk({ order, size, between });
        const positions = calls.map(positionOf);
        expect(positions).toEqual([...positions].sort(comparatorOf(order)));
        const given = idsOf(calls);
        expect(new Set(given).size).toBe(given.length);
        expect(ids.filter((id) => !gone.has(id) && !given.includes(id))).toEqual([]);
      }),
      { numRuns: runs(10) },
    );
  });
});
