import { describe, expect, it } from 'vitest';
import { ListMemory } from '../../../../src/adapters/kit/by-token/list-memory.ts';
import { readPage } from '../../../../src/adapters/kit/by-token/read-page.ts';
import type { TokenSource } from '../../../../src/adapters/kit/by-token/token-source.ts';
import { positionOf } from '../../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../../src/calls/page.ts';
import { someCall } from '../../../support/some-call.ts';
import { GeneratedSource } from './generated-source.ts';
import { MemorySource } from './memory-source.ts';

/** `npm run bench -- --only rows` measures accounts of all sizes and says what it has found. */
const isBench = process.env.ROWS === 'all';
const now = Date.parse('2026-11-20T00:00:00.000Z');
const noon = now - 43_200_000;
const second = 1_000;
const day = 86_400 * second;
const seeds = [1, 2, 3, 4, 5];
const orders = ['NEWEST_FIRST', 'OLDEST_FIRST'] as const;

interface Counted extends TokenSource {
  requests: number;
  rows: number;
}

interface Cost {
  readonly requests: number;
  readonly rows: number;
}

interface Walk {
  readonly first: Cost;
  /** Per page. */
  readonly further: Cost;
  readonly ids: readonly string[];
  readonly pages: number;
}

async function walk(
  source: Counted,
  { order, size, budget = 20 }: Pick<PageRequest, 'order' | 'size'> & { budget?: number },
  { memory, most, at = now }: { memory?: ListMemory | undefined; most: number; at?: number },
): Promise<Walk> {
  const [costs, ids]: [Cost[], string[]] = [[], []];
  let request: PageRequest = { order, filter: {}, size, budget };
  for (let page: Page | undefined; (page === undefined || page.more) && costs.length < most; ) {
    const { requests, rows } = source;
    page = await readPage(request, source, at, memory);
    costs.push({ requests: source.requests - requests, rows: source.rows - rows });
    ids.push(...page.calls.map(({ providerCallId }) => providerCallId));
    const last = page.calls.at(-1);
    request = { ...request, after: page.stopped ?? (last && positionOf(last)), hint: page.hint };
  }
  const [first = { requests: 0, rows: 0 }, ...further] = costs;
  return { first, further: mean(further), ids, pages: costs.length };
}

function mean(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost) => costs.reduce((sum, cost) => sum + cost[key], 0) / Math.max(1, costs.length);
  return { requests: of('requests'), rows: of('rows') };
}

const show = ({ requests, rows }: Cost) => `${requests.toFixed(2)} requests, ${rows.toFixed(1)} rows`;

describe.each([false, true])('an account with calls by day more than by night: %s', (hasNights) => {
  const accounts = isBench ? [20, 1_000, 5_000, 100_000, 1_000_000] : [20, 5_000, 1_000_000];
  const cases = accounts.flatMap((perDay) =>
    orders.flatMap((order) => [20, 100].map((size) => ({ perDay, order, size }))),
  );

  it.each(cases)('$perDay calls a day, $order, pages of $size', { timeout: 60_000 }, async (asked) => {
    const { perDay, order, size } = asked;
    const most = isBench ? 50 : 12;
    const walks: Record<'cold' | 'warm' | 'lost', Walk[]> = { cold: [], warm: [], lost: [] };
    for (const seed of seeds) {
      const source = new GeneratedSource({ perDay, hasNights, seed }, now);
      const memory = new ListMemory(() => now);
      walks.cold.push(await walk(source, asked, { memory, most }));
      walks.warm.push(await walk(source, asked, { memory, most: 1 }));
      walks.lost.push(await walk(source, asked, { most }));
    }
    const [cold, warm] = [
      mean(walks.cold.map(({ first }) => first)),
      mean(walks.warm.map(({ first }) => first)),
    ];
    const further = mean(walks.cold.map((each) => each.further));
    const lost = mean(walks.lost.map((each) => each.further));
    if (isBench) {
      const name = `${perDay} a day${hasNights ? ' with nights' : ''}, ${order}, ${size}`;
      console.log(
        `${name}: cold ${show(cold)}; warm ${show(warm)}; further ${show(further)}; without memory ${show(lost)}`,
      );
    }
    const page = size + 10;
    // Calls created within `skew`, 5 s, of the last one have to be read to know that none is missing: 58 at 1,000,000 a
    // day. At night, when the lists here begin and end, a fifth of that.
    const behind = ((hasNights ? 1 : 5) * perDay) / 86_400;
    expect(cold.requests).toBeLessThanOrEqual(2);
    expect(cold.rows).toBeLessThanOrEqual(3 * page + behind);
    expect(warm.requests).toBeLessThanOrEqual(isBench ? 1 : 1.2);
    expect(warm.rows).toBeLessThanOrEqual(1.5 * page + behind);
    expect(further.requests).toBeLessThanOrEqual(1.1);
    expect(further.rows).toBeLessThanOrEqual(1.25 * page);
    expect(lost.requests).toBeLessThanOrEqual(perDay === 20 ? 2 : 1.5);
  });
});

describe.each(orders)('calls that come at once, %s', (order) => {
  /** So many calls within so long a day ago, among one a minute. */
  const burstOf = (count: number, span: number) => {
    const ages = Array.from({ length: count }, (_, index) => day + Math.floor((index / count) * span));
    for (let index = 0; index < 2_880; index += 1) ages.push(index * 60 * second);
    const toTime = (age: number) => new Date(noon - age).toISOString();
    const calls = ages.map((age, index) => {
      const call = someCall({ providerCallId: `c-${index}`, startedAt: toTime(age) });
      return { ...call, createdAt: toTime(age) };
    });
    return new MemorySource(calls, { sorts: 'oldest-first', step: second, rowLifetime: 10 * second });
  };

  it.each([
    ['500 in a second', 500, second, 20],
    ['500 in a second, one request a page', 500, second, 1],
    ['10,000 in ten seconds', 10_000, 10 * second, 20],
    ['10,000 in ten seconds, one request a page', 10_000, 10 * second, 1],
  ])(
    '%s are walked through once each, with few rows',
    { timeout: 60_000 },
    async (name, count, span, budget) => {
      const source = burstOf(count, span);
      const memory = new ListMemory(() => noon);
      const walked = await walk(source, { order, size: 20, budget }, { memory, most: 2_000, at: noon });
      if (isBench)
        console.log(
          `${name}, ${order}: ${source.requests} requests, ${source.rows} rows, ${walked.pages} pages`,
        );
      expect(new Set(walked.ids).size).toBe(count + 2_880);
      expect(walked.ids).toHaveLength(count + 2_880);
      expect(source.rows).toBeLessThanOrEqual(3 * count + 2 * 2_880);
    },
  );
});
