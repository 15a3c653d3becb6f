import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { comparatorOf, positionOf } from '../../src/calls/order.ts';
import { type Contracted, patient } from '../../src/contract/contracted.ts';
import { eachPage } from '../../src/contract/walk-pages.ts';
import type { CallOrder } from '../../src/generated/schema.ts';
import { runs } from '../support/runs.ts';
import { contracts } from './carriers.ts';

const orders: readonly CallOrder[] = ['OLDEST_FIRST', 'NEWEST_FIRST'];

interface Walk {
  readonly order: CallOrder;
  readonly size: number;
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
  async function walk({ order, size, between }: Walk): Promise<Call[]> {
    const calls: Call[] = [];
    for await (const page of eachPage(it_.adapter, { order, filter: {}, size, budget: 20 })) {
      expect(page.calls.length).toBeLessThanOrEqual(size);
      expect(page.skipped ?? []).toEqual([]);
      calls.push(...page.calls);
      if (page.more) between?.();
    }
    return calls;
  }

  const idsOf = (calls: readonly Call[]) => calls.map(({ providerCallId }) => providerCallId);

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
