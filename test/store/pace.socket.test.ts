import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTakeTurn } from '../../src/store/take-turn.ts';
import { SharedPacer } from '../../src/upstream/resilience/shared-pacer.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { bundle } from './bundle.ts';
import { adminOf, ownRedis, storeAt } from './store-harness.ts';
import { turnsOf } from './turns-of.ts';

const never = new AbortController().signal;

/** Turns in the order of their times: no six within a second. */
function expectFiveASecond(turns: readonly number[]): void {
  const sorted = [...turns].sort((a, b) => a - b);
  const spans = sorted.slice(5).map((at, i) => at - (sorted[i] ?? 0));
  expect(Math.min(...spans)).toBeGreaterThan(1_000);
}

describe.skipIf(!hasOwnRedis)(`processes that share the pace of an account ${unlessNoOwnRedis}`, () => {
  let script: Awaited<ReturnType<typeof bundle>>;
  beforeAll(async () => {
    script = await bundle('pacing.ts');
  }, 60_000);
  afterAll(() => script?.remove());

  it('have five turns a second together, and no fewer than that', async () => {
    const { url } = await ownRedis();
    const turns: number[] = [];
    const pacers = [1, 2, 3].map(() => {
      const store = turnsOf(storeAt(url), turns);
      return new SharedPacer(5, 100, () => performance.now(), createTakeTurn(store, 'main') ?? expect.fail());
    });
    await Promise.all(pacers.flatMap((pacer) => [1, 2, 3, 4, 5].map(() => pacer.wait(never))));
    expect(turns).toHaveLength(15);
    expectFiveASecond(turns);
    expect(Math.max(...turns) - Math.min(...turns)).toBeLessThan(14 * 230 + 50);
  });

  // A minute with `SECONDS=60`.
  it('have them together, and go on when one of them dies', async () => {
    const half = Math.floor((4.5 * Number(process.env.SECONDS ?? 4)) / 2);
    const { url } = await ownRedis();
    const turns: number[] = [];
    const children = [1, 2, 3].map(() => fork(script.path, [url]));
    const taken = (child: ChildProcess) => child.on('message', (at: number) => turns.push(at));
    for (const child of children) taken(child);
    await expect.poll(() => turns.length).toBeGreaterThanOrEqual(half);
    children[0]?.kill('SIGKILL');
    const before = turns.length;
    await expect.poll(() => turns.length).toBeGreaterThanOrEqual(before + half);
    for (const child of children.slice(1)) child.kill('SIGKILL');
    await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
    expectFiveASecond(turns);
    const sorted = [...turns].sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((at, i) => at - (sorted[i] ?? 0));
    expect(Math.max(...gaps), 'one turn is lost at most').toBeLessThan(1_000);
  });

  it('do not wait for turns that a clock had given out before it was set back', async () => {
    const { url } = await ownRedis();
    const admin = await adminOf(url);
    const next = Date.now() + 3_600_000;
    await admin.set('calls-graphql:v1:{main}:pace', JSON.stringify({ next, seen: {} }));
    const takeTurn = createTakeTurn(storeAt(url), 'main');
    expect(await takeTurn?.(220)).toEqual({ delay: 0, processes: 1 });
  });

  it('wait for those that were taken while nobody waited for them any more', async () => {
    const { url } = await ownRedis();
    const admin = await adminOf(url);
    const next = Date.now() + 3_000;
    await admin.set('calls-graphql:v1:{main}:pace', JSON.stringify({ next, seen: {} }));
    const { delay } = (await createTakeTurn(storeAt(url), 'main')?.(220)) ?? expect.fail();
    expect(Date.now() + delay).toBeGreaterThanOrEqual(next - 1);
  });
});
