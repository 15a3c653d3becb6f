import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Walk, walk } from './walk.ts';
import { type Kind, type Place, startWorld } from './world.ts';

// The adapters go by the machine's own clock, so the carriers' stands still at the same time.
const now = Date.now();
const day = 86_400_000;

let world: Record<Kind, Place>;
beforeAll(async () => {
  world = await startWorld(now);
});
beforeEach(() => {
  for (const place of Object.values(world)) place.clear();
});
afterAll(async () => {
  for (const place of Object.values(world)) await place.close();
});

/** So many calls, spread evenly over the days before now. */
function fill(kind: Kind, calls: number, days: number): void {
  for (let i = 0; i < calls; i += 1) {
    world[kind].add({
      createdAt: now - 200_000 - Math.floor((i * days * day) / calls),
      busy: i % 9 === 0,
      wait: 0,
    });
  }
}

const plan = (more: Partial<Walk>): Walk => ({
  order: 'NEWEST_FIRST',
  direction: 'forward',
  sizes: [20],
  ...more,
});

/** Upstream requests for each of the first pages, without what hasPreviousPage would cost. */
async function requestsPerPage(kinds: readonly Kind[], pages: number, more: Partial<Walk> = {}) {
  const places = kinds.map((kind) => world[kind]);
  const counts: number[] = [];
  const count = () => {
    counts.push(places.reduce((sum, { journal }) => sum + journal.length, 0));
    for (const { journal } of places) journal.clear();
    if (counts.length === pages) throw new Error('enough');
  };
  await walk(places, plan({ between: count, onlyForward: true, ...more })).catch((error: Error) => {
    if (error.message !== 'enough') throw error;
  });
  return counts;
}

describe('upstream requests', () => {
  it.each([
    ['bandwidth', 3, 2],
    ['connect', 1, 2],
    ['connect-xml', 1, 2],
  ] as const)('%s: at most %i for the first page of 20, %i for the next ones', async (kind, first, next) => {
    fill(kind, 20_000, 4);
    const [head = 0, ...tail] = await requestsPerPage([kind], 12);
    console.log(`${kind}: ${head}, then ${tail.join(' ')}`);
    expect(head).toBeLessThanOrEqual(first);
    expect(Math.max(...tail)).toBeLessThanOrEqual(next);
  });

  it('merged over three accounts: at most the sum of theirs', async () => {
    for (const kind of ['bandwidth', 'connect', 'connect-xml'] as const) fill(kind, 20_000, 4);
    const [head = 0, ...tail] = await requestsPerPage(['bandwidth', 'connect', 'connect-xml'], 12);
    console.log(`merged: ${head}, then ${tail.join(' ')}`);
    expect(head).toBeLessThanOrEqual(5);
    expect(Math.max(...tail)).toBeLessThanOrEqual(6);
  });

  it('merged over four accounts: reads them side by side (ratio of wall time reported)', async () => {
    const four = ['bandwidth', 'connect', 'connect-xml', 'sbc'] as const;
    for (const kind of four) fill(kind, 1_000, 4);
    for (const kind of four) world[kind].latency = 50;
    const timeOf = async (kinds: readonly Kind[]) => {
      const began = performance.now();
      await requestsPerPage(kinds, 1);
      return performance.now() - began;
    };
    const alone: number[] = [];
    for (const kind of four) alone.push(await timeOf([kind]));
    const merged = await timeOf(four);
    for (const kind of four) world[kind].latency = 0;
    const ms = (value: number) => `${Math.round(value)} ms`;
    console.log(
      `alone ${alone.map(ms).join(', ')}; merged ${ms(merged)}: ${(merged / Math.max(...alone)).toFixed(2)}`,
    );
    expect(merged).toBeLessThan(alone.reduce((sum, each) => sum + each, 0));
  });

  it.each([
    ['bandwidth', 'NEWEST_FIRST', 6],
    ['bandwidth', 'OLDEST_FIRST', 6],
    ['bandwidth', 'NEWEST_FIRST', 2],
    ['connect', 'NEWEST_FIRST', 6],
    ['connect', 'OLDEST_FIRST', 6],
  ] as const)(
    '%s: walking 10,000 calls %s, of %i days, costs at most 1.2 a page',
    async (kind, order, days) => {
      fill(kind, 10_000, days);
      world[kind].journal.clear();
      const steps = await walk([world[kind]], plan({ order, sizes: [100], onlyForward: true }));
      const requests = world[kind].journal.length;
      console.log(`${kind} ${order}: ${requests} requests for ${steps.length} pages`);
      expect(steps.flatMap(({ keys }) => keys)).toHaveLength(10_000);
      expect(requests).toBeLessThanOrEqual(1.2 * steps.length);
    },
  );

  it.each(['bandwidth', 'connect'] as const)(
    '%s: grow with the calls read, not with those that exist',
    async (kind) => {
      const costs: number[] = [];
      for (const calls of [5_000, 20_000]) {
        world[kind].clear();
        fill(kind, calls, 4);
        const counts = await requestsPerPage([kind], 20);
        costs.push(counts.reduce((sum, each) => sum + each, 0));
      }
      console.log(`${kind}: ${costs.join(' and ')} requests for 400 calls out of 5,000 and 20,000`);
      expect(costs[1]).toBeLessThanOrEqual((costs[0] as number) * 1.2);
    },
  );
});
