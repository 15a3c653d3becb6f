import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Idempotency, type IdempotencyOptions } from '../../src/calls/placing/idempotency.ts';
import { createStore } from '../../src/store/create-store.ts';
import { hasRedis, type RunningRedis, someRedis, unlessNoRedis } from '../support/redis-server.ts';
import { someOperation } from '../support/some-call.ts';
import { bundle } from './bundle.ts';
import { keyed } from './posting-adapter.ts';
import type { Lap } from './racer.ts';

const children: ChildProcess[] = [];
let script: Awaited<ReturnType<typeof bundle>>;
let redis: RunningRedis;

/** A process that waits for the word to go. */
async function racer(...fate: string[]): Promise<ChildProcess> {
  const child = fork(script.path, [redis.url, ...fate]);
  children.push(child);
  await once(child, 'message');
  return child;
}

/** Lets it place a call for each key; what it has done since it began. */
async function lapOf(child: ChildProcess, keys: readonly string[]): Promise<Lap> {
  const done = once(child, 'message');
  child.send(keys);
  const [lap] = await done;
  return lap;
}

describe.skipIf(!hasRedis)(`processes that share a Redis ${unlessNoRedis}`, () => {
  beforeAll(async () => {
    redis = await someRedis();
    script = await bundle('racer.ts');
  }, 60_000);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await redis?.stop();
    script?.remove();
  });

  // A thousand with `RACES=10`.
  it('race for a key hundreds of times: one POST each time, and the same call for all three', async () => {
    const prefix = randomUUID();
    const racers = await Promise.all([racer(), racer(), racer()]);
    let laps: Lap[] = [];
    const rounds = Number(process.env.RACES ?? 2);
    for (let round = 0; round < rounds; round += 1) {
      const keys = Array.from({ length: 100 }, (_, i) => `${prefix}-${round}-${i}`);
      laps = await Promise.all(racers.map((each) => lapOf(each, keys)));
    }
    const posts = laps.flatMap((lap) => lap.posts);
    expect(posts).toHaveLength(100 * rounds);
    expect(new Set(posts).size).toBe(100 * rounds);
    const [first] = laps;
    expect(Object.keys(first?.given ?? {})).toHaveLength(100 * rounds);
    for (const { given } of laps) expect(given).toEqual(first?.given);
    expect(laps.reduce((sum, { replays }) => sum + replays, 0)).toBe(200 * rounds);
    // A race: which of them places how many is for the machine to decide.
    expect(laps.filter((lap) => lap.posts.length > 0).length).toBeGreaterThan(1);
  });

  describe('of which one was killed in the middle of its POST', () => {
    /** Asks with the dead one's key, this process's clock being ahead by so much. */
    async function askAgain(key: string, ahead: number, options: IdempotencyOptions = {}) {
      const store = createStore({ urls: [redis.url] });
      let posts = 0;
      const post = async () => {
        posts += 1;
        return 'c-1';
      };
      const idempotency = new Idempotency(store, { now: () => Date.now() + ahead, ...options });
      const answer = idempotency.placeOnce(keyed(key, post), someOperation(AbortSignal.timeout(500)));
      const code = await answer.then(
        () => 'placed',
        (failure: { code?: string }) => failure.code,
      );
      await store.close();
      return { code, posts };
    }

    async function killedWith(key: string): Promise<string> {
      const child = await racer('die');
      child.send([key]);
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
      return key;
    }

    it('leave the key to nobody else while the attempt may be under way', async () => {
      const key = await killedWith(randomUUID());
      expect(await askAgain(key, 0)).toEqual({ code: 'CONFLICT', posts: 0 });
    });

    it('look for the call after that, and never place another', async () => {
      const key = await killedWith(randomUUID());
      expect(await askAgain(key, 120_000, { lookupDelays: [1] })).toEqual({
        code: 'OUTCOME_UNKNOWN',
        posts: 0,
      });
    });
  });
});
