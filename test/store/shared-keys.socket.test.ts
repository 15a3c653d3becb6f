import { describe, expect, it, vi } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { earlierSlotOf, slotOf } from '../../src/calls/placing/attempt.ts';
import { Idempotency, type IdempotencyOptions } from '../../src/calls/placing/idempotency.ts';
import { Cipher } from '../../src/store/cipher.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { someOperation } from '../support/some-call.ts';
import { keyed } from './posting-adapter.ts';
import { adminOf, long, ownRedis, storeAt } from './store-harness.ts';

const cipher = new Cipher('a secret of the team', 'alpha');
const shared = { cipherOf: () => cipher, hasEarlierKeys: true, lookupDelays: [1] };

/** A Redis, what is in it, and processes that place calls by keys on it. */
async function open() {
  const { url } = await ownRedis();
  const admin = await adminOf(url);
  const posts: string[] = [];
  const process = (options: IdempotencyOptions = shared) => {
    const idempotency = new Idempotency(storeAt(url), options);
    const requestOf = (key: string, fail?: Error) =>
      keyed(key, async () => {
        posts.push(key);
        if (fail) throw fail;
        return `c-${posts.length}`;
      });
    return {
      idempotency,
      place: (key: string, fail?: Error) =>
        idempotency.placeOnce(requestOf(key, fail), someOperation(AbortSignal.timeout(300))),
      placeWithoutKey: () => idempotency.place(requestOf('none'), someOperation()),
    };
  };
  /** Every key with its value. */
  const dump = async () => {
    const keys = await admin.keys('*');
    return Promise.all(keys.sort().map(async (key) => [key, await admin.get(key)] as const));
  };
  /** How many commands the clients send while something runs. */
  const commandsIn = async (run: () => Promise<unknown>) => {
    const monitor = await admin.monitor();
    const seen: string[] = [];
    monitor.on('monitor', (_time: string, [command]: string[], source: string) => {
      if (source !== 'lua' && command !== 'info') seen.push(String(command).toLowerCase());
    });
    await run();
    await admin.echo('end');
    await expect.poll(() => seen).toContain('echo');
    monitor.disconnect();
    return seen.filter((command) => command !== 'echo');
  };
  return { url, admin, posts, process, dump, commandsIn };
}

describe.skipIf(!hasOwnRedis)(`what processes share in a Redis ${unlessNoOwnRedis}`, () => {
  it('takes two round trips for a call with a key, whatever comes of it', async () => {
    const { process, commandsIn } = await open();
    const { place, placeWithoutKey } = process();
    await place('warm');
    const bug = new TypeError('a bug');
    for (const run of [() => place('a'), () => place('b', bug).catch(() => 0), placeWithoutKey]) {
      expect(await commandsIn(run)).toEqual(['evalsha', 'evalsha']);
    }
    expect(await commandsIn(() => place('a')), 'a replay').toEqual(['evalsha']);
  });

  it('names no number, party, caller or key, and keeps nothing longer than a day', async () => {
    const { admin, process, dump } = await open();
    const { place, placeWithoutKey } = process();
    await place('order-4711-for-+19195550123');
    await place('lost', new TypeError('a bug')).catch(() => undefined);
    await placeWithoutKey();
    const entries = await dump();
    expect(entries.length).toBeGreaterThan(5);
    expect(JSON.stringify(entries)).not.toMatch(/919555|order-4711|somebody|someone|example\.com/);
    for (const [key] of entries) {
      expect(key).toMatch(/^calls-graphql:(v1:\{alpha\}|(create|call):alpha):/);
      expect(await admin.pttl(key)).toBeGreaterThan(0);
      expect(await admin.pttl(key)).toBeLessThanOrEqual(24 * 3_600_000);
    }
  });

  it('is read by all who have the secret, and never placed again by those who have not', async () => {
    const { process, posts } = await open();
    const { call } = await process().place('a');
    expect(await process().place('a')).toEqual({ call, replayed: true });
    const other = { ...shared, cipherOf: () => new Cipher('a new secret of it', 'alpha') };
    await expect(process(other).place('a')).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(posts).toEqual(['a']);
  });

  it('gives its own call and no other to those who have a new secret', async () => {
    const { process } = await open();
    const there = process({
      ...shared,
      cipherOf: () => new Cipher('a new secret of it', 'alpha'),
    }).idempotency;
    const { call } = await process().place('a');
    const look = (listed: Call) => {
      const order = keyed('a', () => expect.fail('It is not placed again.'));
      vi.spyOn(order.adapter, 'page').mockResolvedValue({ calls: [listed], more: false });
      return there.placeOnce(order, someOperation());
    };
    const other = { ...call, providerCallId: 'placed by nobody here' };
    await expect(look(other)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect((await look(call)).call.providerCallId).toBe(call.providerCallId);
  });

  it.each([
    ['made by an earlier version', { input: 'x', sentAt: 1, until: 2, state: 'unknown' }, 'CONFLICT'],
    ['that an earlier version is making', { sentAt: 1, until: 9e15, state: 'sending' }, 'CONFLICT'],
  ])('keeps a key from being used again that has an attempt %s', async (_, attempt, code) => {
    const { admin, process, posts } = await open();
    const key = `calls-graphql:${earlierSlotOf('alpha', 'someone', 'a')}`;
    await admin.set(key, JSON.stringify(attempt));
    await expect(process().place('a')).rejects.toMatchObject({ code });
    expect([posts, await admin.get(key)]).toEqual([[], JSON.stringify(attempt)]);
  });

  it('gives back a call that an earlier version has placed', async () => {
    const { admin, process, posts } = await open();
    const { place } = process();
    const { call } = await place('other');
    const { account: _, ...stored } = call;
    const attempt = { sentAt: 1, until: 2, state: 'placed', call: stored };
    await admin.set(`calls-graphql:${earlierSlotOf('alpha', 'someone', 'a')}`, JSON.stringify(attempt));
    expect(await place('a')).toEqual({ call, replayed: true });
    expect(posts).toEqual(['other']);
  });

  it('shows an earlier version that a key is used, until it is certain that it placed nothing', async () => {
    const { admin, process } = await open();
    const { place } = process();
    await place('a');
    const earlier = (key: string) => admin.get(`calls-graphql:${earlierSlotOf('alpha', 'someone', key)}`);
    expect(JSON.parse((await earlier('a')) ?? '{}')).toMatchObject({ state: 'sending', input: '' });
  });

  it('shows an earlier version whose call each is, so that it takes none for that of a key of its own', async () => {
    const { admin, process } = await open();
    const { place, placeWithoutKey } = process();
    await place('a');
    await placeWithoutKey();
    const owners = await admin.mget(['c-1', 'c-2'].map((id) => `calls-graphql:call:alpha:${id}`));
    expect(owners).toEqual([slotOf('alpha', 'someone', 'a'), 'no key']);
  });

  it.each(['{"version":2,"attempt":"…"}', '[1]', 'not JSON'])(
    'keeps a key from being used again whatever a later version has written there: %s',
    async (text) => {
      const { admin, process, posts } = await open();
      const key = `calls-graphql:${slotOf('alpha', 'someone', 'a')}`;
      await admin.set(key, text);
      await expect(process().place('a')).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect([posts, await admin.get(key)]).toEqual([[], text]);
    },
  );

  it('leaves the entries of a later version alone', async () => {
    const { admin, process, dump } = await open();
    const { place } = process();
    await place('a');
    const later = (await dump()).map(([key]) => [key.replace(':v1:', ':v2:'), 'later'] as const);
    for (const [key, value] of later) if (key.includes(':v2:')) await admin.set(key, value, 'PX', long);
    const before = (await dump()).filter(([key]) => key.includes(':v2:'));
    expect((await place('a')).replayed).toBe(true);
    expect((await place('b')).replayed).toBe(false);
    expect(before.length).toBeGreaterThan(1);
    expect((await dump()).filter(([key]) => key.includes(':v2:'))).toEqual(before);
  });
});
