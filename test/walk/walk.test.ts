import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { type Walk, walk } from './walk.ts';
import { type Given, type Kind, kinds, type Place, startWorld, wholeSecond } from './world.ts';

/** How many cases a run tries; `npm run test:long` asks for 20,000. */
const cases = runs(100);
// The adapters go by the machine's own clock, so the carriers' stands still at the same time.
const now = Date.now();
const timeout = Math.max(600_000, cases * 1_000);

let world: Record<Kind, Place>;
beforeAll(async () => {
  world = await startWorld(now);
});
afterAll(async () => {
  for (const place of Object.values(world)) await place.close();
});

/** Created within a few seconds, hours or days of now; many share a moment. */
const createdAt = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((seconds) => now - 3_600_000 - seconds * 1000),
  fc.integer({ min: 0, max: 3_000 }).map((milliseconds) => now - 7_200_000 - milliseconds),
  fc.integer({ min: 60, max: 6 * 86_400 }).map((seconds) => now - seconds * 1000),
);
const given: fc.Arbitrary<Given> = fc.record({
  createdAt,
  busy: fc.boolean(),
  wait: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 300_000 })),
});
const calls = fc.array(given, { maxLength: 40, size: 'max' });
const accounts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...kinds).map((kind): Kind[] => [kind]) },
  { weight: 1, arbitrary: fc.subarray([...kinds], { minLength: 2 }) },
);
const plan = fc.record({
  order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
  direction: fc.constantFrom('forward' as const, 'backward' as const),
  sizes: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 4 }),
  filter: fc.constantFrom(
    undefined,
    { statuses: ['BUSY', 'FAILED'] as const },
    { createdAfter: new Date(now - 7_201_000).toISOString() },
    { createdBefore: new Date(now - 3_602_000).toISOString() },
    { to: '+19195550123' },
  ),
});

interface Known {
  readonly key: string;
  readonly sortKey: string;
  readonly matches: boolean;
}

/** The model: fills a place and says what of it is listed, by which key. */
function fill(kind: Kind, list: readonly Given[], filter: Walk['filter']): Known[] {
  return list.map((call) => {
    const id = world[kind].add(call);
    const time = kind === 'bandwidth' ? call.createdAt : wholeSecond(call.createdAt);
    const instant = new Date(time).toISOString();
    const { statuses, createdAfter, createdBefore, to } = filter ?? {};
    const matches =
      (!statuses || call.busy) &&
      (!createdAfter || instant >= createdAfter) &&
      (!createdBefore || instant <= createdBefore) &&
      !to;
    return { key: `${kind}:${id}`, sortKey: `${instant} ${kind} ${id}`, matches };
  });
}

function inOrder(known: readonly Known[], { order, direction }: Pick<Walk, 'order' | 'direction'>): string[] {
  const sorted = known.filter(({ matches }) => matches).sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  const isAscending = (order === 'OLDEST_FIRST') === (direction === 'forward');
  return (isAscending ? sorted : sorted.reverse()).map(({ key }) => key);
}

async function check<T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
  share = 1,
): Promise<void> {
  const numRuns = Math.max(1, Math.round(cases * share));
  // Looking for a smaller counterexample ends before the test does, or none at all would be told.
  const interruptAfterTimeLimit = 0.8 * timeout;
  const limits = {
    numRuns,
    interruptAfterTimeLimit,
    markInterruptAsFailure: true,
  };
  await fc.assert(fc.asyncProperty(arbitrary, property).beforeEach(empty), limits);
  console.log(`${numRuns} cases without a counterexample`);
}

function empty(): void {
  for (const place of Object.values(world)) place.clear();
}

describe('walking a connection', () => {
  it('yields every call exactly once and in order, with exact ends', { timeout }, async () => {
    await check(
      fc.record({ kinds: accounts, lists: fc.array(calls, { minLength: 5, maxLength: 5 }), plan }),
      async (c) => {
        const known = c.kinds.flatMap((kind, i) => fill(kind, c.lists[i] ?? [], c.plan.filter));
        const steps = await walk(
          c.kinds.map((kind) => world[kind]),
          c.plan,
        );
        const expected = inOrder(known, c.plan);
        expect(steps.flatMap(({ keys }) => keys)).toEqual(expected);
        expect(steps.map(({ hasEarlier }) => hasEarlier)).toEqual(steps.map((_, i) => i > 0));
        const isFull = steps
          .slice(0, -1)
          .every(({ keys }, i) => keys.length === c.plan.sizes[i % c.plan.sizes.length]);
        expect(isFull).toBe(true);
      },
    );
  });

  it('yields every call that was there and stays, while others come and go', { timeout }, async () => {
    const changes = fc.array(
      fc.record({ calls: fc.array(given, { maxLength: 6 }), drop: fc.integer({ min: 0, max: 60 }) }),
      {
        maxLength: 8,
      },
    );
    await check(
      fc.record({ kinds: accounts, lists: fc.array(calls, { minLength: 5, maxLength: 5 }), plan, changes }),
      async (c) => {
        const known = c.kinds.flatMap((kind, i) => fill(kind, c.lists[i] ?? [], c.plan.filter));
        const gone = new Set<string>();
        const come: Known[] = [];
        const between = (page: number) => {
          const change = c.changes[page];
          if (change === undefined) return;
          const kind = c.kinds[page % c.kinds.length] as Kind;
          come.push(...fill(kind, change.calls, c.plan.filter));
          const victim = known[change.drop]?.key;
          if (victim === undefined) return;
          gone.add(victim);
          const [account, id] = victim.split(/:(.*)/s) as [Kind, string];
          world[account].remove(id);
        };
        const steps = await walk(
          c.kinds.map((kind) => world[kind]),
          { ...c.plan, between },
        );
        const seen = steps.flatMap(({ keys }) => keys);
        const staying = inOrder(known, c.plan).filter((key) => !gone.has(key));
        const all = inOrder([...known, ...come], c.plan);
        expect(seen.filter((key) => staying.includes(key))).toEqual(staying);
        expect(seen).toEqual(all.filter((key) => seen.includes(key)));
        expect(new Set(seen).size).toBe(seen.length);
      },
    );
  });

  it('goes by the key when hints are stale, foreign or damaged', { timeout }, async () => {
    const hint = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('0', '1', '7', '20', '100000', '[]', 'null', '{}'),
    );
    const spoilers = fc.record({ every: fc.integer({ min: 1, max: 3 }), hint, keep: fc.boolean() });
    await check(
      fc.record({ kinds: accounts, lists: fc.array(calls, { minLength: 5, maxLength: 5 }), plan, spoilers }),
      async (c) => {
        const known = c.kinds.flatMap((kind, i) => fill(kind, c.lists[i] ?? [], c.plan.filter));
        let stale = c.spoilers.hint;
        const spoil = (good: string, page: number) => {
          const bad = c.spoilers.keep ? stale : c.spoilers.hint;
          if (page === 0) stale = good;
          return page % c.spoilers.every === 0 ? bad : good;
        };
        const steps = await walk(
          c.kinds.map((kind) => world[kind]),
          { ...c.plan, spoil },
        );
        expect(steps.flatMap(({ keys }) => keys)).toEqual(inOrder(known, c.plan));
      },
      0.5,
    );
  });

  it('ends a page early and honestly when its requests are used up', { timeout }, async () => {
    await check(
      fc.record({
        kinds: accounts,
        lists: fc.array(calls, { minLength: 5, maxLength: 5 }),
        plan,
        budget: fc.integer({ min: 1, max: 6 }),
      }),
      async (c) => {
        const known = c.kinds.flatMap((kind, i) => fill(kind, c.lists[i] ?? [], c.plan.filter));
        const steps = await walk(
          c.kinds.map((kind) => world[kind]),
          { ...c.plan, requestsPerList: c.budget },
        );
        expect(steps.flatMap(({ keys }) => keys)).toEqual(inOrder(known, c.plan));
      },
      0.5,
    );
  });

  it('reads on when Restcomm mixes up the metadata of lists', { timeout }, async () => {
    await check(
      fc.record({ kind: fc.constantFrom<Kind>('connect', 'connect-xml', 'connect-old'), list: calls, plan }),
      async (c) => {
        const known = fill(c.kind, c.list, c.plan.filter);
        let asked = 0;
        const everyThird = () => {
          asked += 1;
          return asked % 3 === 0;
        };
        world[c.kind].faults.add({ when: everyThird, do: { kind: 'junk-metadata' } });
        const steps = await walk([world[c.kind]], c.plan);
        expect(steps.flatMap(({ keys }) => keys)).toEqual(inOrder(known, c.plan));
      },
      0.5,
    );
  });
});
