import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import { positionOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../src/calls/page.ts';
import { type BandwidthCarrier, createManualClock, startBandwidth } from '../../../src/sandbox/index.ts';
import { adapterOf, asked, operation, patient } from './support.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-20T15:00:00.000Z');
const clock = createManualClock(now);

vi.setConfig({ testTimeout: 60_000 });

let carrier: BandwidthCarrier;
let adapter: BandwidthAdapter;

beforeAll(async () => {
  carrier = await startBandwidth({ clock });
  adapter = adapterOf(carrier, { now: clock.now, changedLimits: patient });
  await adapter.get('c-1', operation());
});
afterEach(() => carrier.journal.clear());
afterAll(async () => {
  await adapter.close();
  await carrier.close();
});

/** The same numbers every time, from 0 up to 1. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** No calls but so many of such ages; four in ten come in, of the others one in five waits for up to a minute. */
function fill(count: number, ageOf: (random: () => number) => number): void {
  carrier.clear();
  const random = createRandom();
  const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();
  for (let index = 0; index < count; index++) {
    const created = now - ageOf(random);
    const wait = random() < 0.8 ? 300 : random() * minute;
    if (random() < 0.4) carrier.add({ direction: 'inbound', startTime: toTime(created) });
    else carrier.add({ enqueuedTime: toTime(created), startTime: toTime(created + wait) });
  }
}

const shapes: Record<string, (random: () => number) => number> = {
  'evenly over seven days': (random) => 7 * day * random(),
  'in office hours': function age(random): number {
    const milliseconds = 7 * day * random();
    const at = new Date(now - milliseconds).getUTCHours();
    return (at >= 8 && at < 18) || random() < 0.03 ? milliseconds : age(random);
  },
  'in one hour': (random) => hour * random(),
  'in bursts of five minutes every three hours': (random) =>
    Math.floor(50 * random()) * 3 * hour + 5 * minute * random(),
  'before a weekend of silence': (random) => 60 * hour + 4 * day * random(),
};

/** The requests that each of the first pages costs, and the calls on them. */
async function read(order: PageRequest['order'], size: number, most: number, budget = 20) {
  const costs: number[] = [];
  const found = new Set<string>();
  let page: Page | undefined;
  do {
    carrier.journal.clear();
    const last = page?.calls.at(-1);
    const after = page?.stopped ?? (last && positionOf(last));
    page = await adapter.page({ order, filter: {}, size, budget, after, hint: page?.hint }, operation());
    costs.push(asked(carrier).length);
    for (const { providerCallId } of page.calls) found.add(providerCallId);
    if (budget > 1) expect(page.stopped).toBeUndefined();
  } while (page.more && costs.length < most);
  return { costs, found };
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe('5,000 calls a day, pages of 20', () => {
  beforeAll(() => fill(35_000, (random) => 7 * day * random()));
  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)(
    'cost 3 requests at first and 2 afterwards at most, %s',
    async (order) => {
      const { costs, found } = await read(order, 20, 30);
      expect(found.size).toBe(600);
      expect(costs[0]).toBeLessThanOrEqual(3);
      expect(Math.max(...costs.slice(1))).toBeLessThanOrEqual(2);
      expect(sum(costs)).toBeLessThanOrEqual(1.2 * costs.length);
    },
  );
});

describe.each(Object.entries(shapes))('10,000 calls %s, pages of 100', (_, ageOf) => {
  beforeAll(() => fill(10_000, ageOf));
  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)('cost at most 1.2 requests each, %s', async (order) => {
    const { costs, found } = await read(order, 100, 200);
    expect(found.size).toBe(10_000);
    expect(costs).toHaveLength(100);
    expect(sum(costs)).toBeLessThanOrEqual(120);
  });
});

describe('requests', () => {
  it('grow with the calls read, not with those that exist, in both orders', async () => {
    const costs: { newest: number; oldest: number }[] = [];
    for (const count of [2_000, 30_000]) {
      fill(count, (random) => 6 * day * random());
      costs.push({
        newest: sum((await read('NEWEST_FIRST', 20, 20)).costs),
        oldest: sum((await read('OLDEST_FIRST', 20, 20)).costs),
      });
    }
    const [few, many] = costs;
    expect(many?.newest).toBeLessThanOrEqual(1.2 * (few?.newest ?? 0));
    expect(many?.oldest).toBeLessThanOrEqual(1.2 * (few?.oldest ?? 0));
  });

  it('are few for a cluster behind a week without calls, even where a page may make only one', async () => {
    carrier.clear();
    for (let index = 0; index < 408; index++) {
      const age = 690_017_000 + Math.floor((index / 408) ** 2 * 500);
      const time = new Date(now - age).toISOString();
      carrier.add({ state: 'answered', enqueuedTime: time, startTime: time });
    }
    const { costs, found } = await read('NEWEST_FIRST', 11, 2_000, 1);
    expect(found.size).toBe(408);
    // 38 pages of calls, and the halving of the week.
    expect(costs.length).toBeLessThanOrEqual(38 + 27);
  });

  it('are three at most for a list of a few, which has to be searched to its end', async () => {
    fill(7, (random) => 6 * day * random());
    const { costs, found } = await read('NEWEST_FIRST', 20, 5);
    expect(found.size).toBe(7);
    expect(costs).toHaveLength(1);
    expect(costs[0]).toBeLessThanOrEqual(3);
  });
});
