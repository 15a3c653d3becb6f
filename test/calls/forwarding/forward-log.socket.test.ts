import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DurableForwardLog } from '../../../src/calls/forwarding/durable-forward-log.ts';
import type { Forward, ForwardQueue } from '../../../src/calls/forwarding/forward.ts';
import { MemoryForwardLog } from '../../../src/calls/forwarding/memory-forward-log.ts';
import { RedisForwardLog } from '../../../src/calls/forwarding/redis-forward-log.ts';
import { Cipher } from '../../../src/store/cipher.ts';
import { StoreFailure } from '../../../src/store/store-failure.ts';
import { adminOf, storeAt } from '../../store/store-harness.ts';
import { hasOwnRedis, type OwnRedis, startRedis, unlessNoOwnRedis } from '../../support/redis-server.ts';

const bounds = { account: 8_000, host: 4_000 };
const ciphers = new Map(['alpha', 'beta'].map((key) => [key, new Cipher('a secret of sixteen', key)]));
const aQueue = (changes: Partial<ForwardQueue> = {}): ForwardQueue => {
  return { accountKey: 'alpha', id: 'hook-1', host: 'host-1', ...changes };
};
const aForward = (id: string, length = 10): Forward => ({
  id,
  method: 'POST',
  contentType: 'application/json',
  body: Buffer.alloc(length, '+19195550123'),
  query: 'a=b',
  target: { url: 'https://app.example/status', username: 'user', password: 'a-password' },
});

describe.runIf(hasOwnRedis)(`what waits to be sent on, in a Redis ${unlessNoOwnRedis}`, () => {
  let redis: OwnRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  /** The logs of two processes on an empty Redis. */
  async function open() {
    const admin = await adminOf(redis.url);
    await admin.flushall();
    const logs = [1, 2].map(() => {
      const store = storeAt(redis.url);
      return new RedisForwardLog({ run: (...of) => store.run(...of), ciphers, bounds });
    });
    const [one, other] = logs as [RedisForwardLog, RedisForwardLog];
    /** As if time had passed: nobody has said that he keeps anything. */
    const endLeases = async () => {
      const key = 'calls-graphql:v1:{alpha}:forwards';
      for (const queue of await admin.zrange(key, 0, -1)) await admin.zadd(key, 0, queue);
    };
    return { one, other, admin, endLeases };
  }

  it('is kept in order, and belongs to the process that was the first, until it is empty', async () => {
    const { one, other } = await open();
    const queue = aQueue();
    expect(await one.append(queue, aForward('1'))).toBe('ours');
    expect(await other.append(queue, aForward('2'))).toBe('theirs');
    expect(await one.append(queue, aForward('3'))).toBe('theirs');
    expect(await other.first(queue)).toBeUndefined();
    expect(await one.first(queue)).toEqual(aForward('1'));
    expect(await one.remove(queue, '2')).toBe(true);
    expect(await other.remove(queue, '1')).toBe(false);
    expect(await one.remove(queue, '1')).toBe(true);
    expect((await one.first(queue))?.id).toBe('2');
    expect([await one.remove(queue, '2'), await one.remove(queue, '3')]).toEqual([true, false]);
    expect(await other.append(queue, aForward('4'))).toBe('ours');
  });

  it('is taken over from a process that keeps it no longer, which cannot take any of it then', async () => {
    const { one, other, endLeases } = await open();
    const queue = aQueue();
    for (const id of ['1', '2']) await one.append(queue, aForward(id));
    expect(await other.renew([])).toEqual([]);
    await endLeases();
    expect(await one.renew([queue])).toEqual([]);
    expect(await other.renew([])).toEqual([]);
    await endLeases();
    expect(await other.renew([])).toEqual([queue]);
    expect(await one.first(queue)).toBeUndefined();
    expect(await one.remove(queue, '1')).toBe(false);
    expect((await other.first(queue))?.id).toBe('1');
    await other.release([queue]);
    expect(await one.renew([])).toEqual([queue]);
  });

  it('is bounded in bytes for a host and an account, and leaves nothing behind', async () => {
    const { one, admin } = await open();
    const sizes = new Map<string, string>();
    const fill = async (changes: Partial<ForwardQueue>) => {
      for (let i = 0; ; i += 1) {
        const queue = aQueue({ ...changes, id: `${changes.host}-${i}` });
        const appended = await one.append(queue, aForward('1', 200));
        sizes.set(queue.id, appended);
        if (appended === 'full') return i;
      }
    };
    const ofHost = await fill({ host: 'dead' });
    const bytes = Number(await admin.hget('calls-graphql:v1:{alpha}:forwards-of', 'bytes'));
    expect(ofHost).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(bounds.host);
    expect(bytes).toBeGreaterThan(ofHost * 200);
    expect(await fill({ host: 'well' })).toBe(ofHost);
    expect(await fill({ host: 'third' })).toBe(0);
    expect(await one.append(aQueue({ accountKey: 'beta', host: 'dead' }), aForward('1'))).toBe('ours');
    for (const host of ['dead', 'well']) {
      for (let i = 0; i < ofHost; i += 1) await one.remove(aQueue({ host, id: `${host}-${i}` }), '1');
    }
    expect(await admin.keys('*alpha*')).toEqual([]);
  });

  it('cannot be read there, and does not stay for ever', async () => {
    const { one, admin } = await open();
    await one.append(aQueue(), aForward('1', 100));
    const keys = await admin.keys('*');
    const text = JSON.stringify([
      keys,
      await admin.lrange(keys.find((key) => key.includes(':forward:')) ?? '', 0, -1),
    ]);
    expect(text).toContain('hook-1');
    expect(text).not.toMatch(/9195550123|a-password|app\.example/);
    for (const key of keys) expect(await admin.pttl(key)).toBeGreaterThan(0);
  });

  it('waits in memory where Redis fails, in order, and no longer than that', async () => {
    const { one } = await open();
    const queue = aQueue();
    let fails = false;
    const failing = new Proxy(one, {
      get: (log, name: keyof RedisForwardLog) => {
        const method = (log[name] as (...of: unknown[]) => unknown).bind(log);
        return (...of: unknown[]) => (fails ? Promise.reject(new StoreFailure('TIMEOUT')) : method(...of));
      },
    });
    const log = new DurableForwardLog(failing, new MemoryForwardLog(bounds));
    const take = async () => {
      const first = await log.first(queue);
      return [first?.id, first && (await log.remove(queue, first.id))];
    };
    await log.append(queue, aForward('1'));
    fails = true;
    expect(await log.append(queue, aForward('2'))).toBe('ours');
    await expect(log.first(queue)).rejects.toThrow(StoreFailure);
    fails = false;
    expect(await log.append(queue, aForward('3'))).toBe('theirs');
    expect([await take(), await take(), await take()]).toEqual([
      ['1', true],
      ['2', true],
      ['3', false],
    ]);
    expect(await log.append(queue, aForward('4'))).toBe('ours');
    expect((await one.first(queue))?.id).toBe('4');
    expect(await log.release([queue])).toBe(0);
  });
});
