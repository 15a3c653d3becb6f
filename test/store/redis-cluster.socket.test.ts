import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { Cipher } from '../../src/store/cipher.ts';
import { createStore } from '../../src/store/create-store.ts';
import type { RedisSettings } from '../../src/store/redis-settings.ts';
import type { Store } from '../../src/store/store.ts';
import { ArrayAdapter } from '../support/array-adapter.ts';
import { aNewCall } from '../support/new-call.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { someAccount, someCall, someOperation } from '../support/some-call.ts';
import { adminOf, closedAfterTest, long, ownRedis } from './store-harness.ts';

/** Three primaries that share all slots. */
async function startCluster(...args: string[]): Promise<string[]> {
  const settings = ['--cluster-enabled', 'yes', '--appendonly', 'yes', ...args];
  const nodes = await Promise.all([1, 2, 3].map(() => ownRedis(undefined, ...settings)));
  const hosts = nodes.map(({ url }) => new URL(url).host);
  execFileSync('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-yes'], { stdio: 'ignore' });
  const admins = await Promise.all(nodes.map(({ url }) => adminOf(url)));
  const isReady = async () =>
    (await Promise.all(admins.map((admin) => admin.cluster('INFO')))).every((info) =>
      info.includes('cluster_state:ok'),
    );
  await expect.poll(isReady, { timeout: 15_000 }).toBe(true);
  return nodes.map(({ url }) => url);
}

/** Places calls by keys in several accounts, whose keys are on different nodes. */
function processOn(store: Store, posts: string[]) {
  const idempotency = new Idempotency(store, {
    cipherOf: (key) => new Cipher('a secret of the team', key),
    lookupDelays: [1],
  });
  return (accountKey: string, key: string) => {
    const account = someAccount({ key: accountKey });
    const create = async () =>
      someCall({ account, providerCallId: `c-${posts.push(`${accountKey} ${key}`)}` });
    const adapter = Object.assign(new ArrayAdapter(account), { create });
    const keyed = { adapter, callerId: 'someone', key, call: aNewCall() };
    return idempotency.placeOnce(keyed, someOperation());
  };
}

const accounts = ['alpha', 'beta', 'gamma', 'delta', 'main', 'other'];

/** Each key of each account, asked for by two processes: one call each, and the same for both. */
async function expectOneCallEach(settings: RedisSettings): Promise<void> {
  const posts: string[] = [];
  const [one, other] = [1, 2].map(() => processOn(closedAfterTest(createStore(settings)), posts));
  for (const account of accounts) {
    const keys = ['a', 'b', 'c'];
    const [here, there] = await Promise.all(
      [one, other].map((place) => Promise.all(keys.map((key) => place?.(account, key)))),
    );
    expect(here?.map((each) => each?.call)).toEqual(there?.map((each) => each?.call));
  }
  expect(new Set(posts).size).toBe(posts.length);
  expect(posts).toHaveLength(accounts.length * 3);
}

describe.skipIf(!hasOwnRedis)(`a Redis Cluster ${unlessNoOwnRedis}`, () => {
  it('keeps the keys of every account, whichever node it is asked by', async () => {
    const urls = await startCluster();
    const store = closedAfterTest(createStore({ urls: urls.slice(1), cluster: true }));
    await store.watch();
    expect(store.health).toEqual({ state: 'ok' });
    await expectOneCallEach({ urls: urls.slice(0, 1), cluster: true });
    const sizes = await Promise.all(urls.map(async (url) => (await adminOf(url)).dbsize()));
    expect(Math.min(...sizes), 'no node has all').toBeGreaterThan(0);
  }, 40_000);

  it('is checked on each of its primaries', async () => {
    const urls = await startCluster();
    const admin = await adminOf(urls[2] ?? '');
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const store = closedAfterTest(createStore({ urls, cluster: true, strict: true }));
    await store.watch();
    expect(store.health).toMatchObject({ code: 'EVICTION' });
    await expect(store.setIfAbsent('{alpha}', 'x', long)).rejects.toMatchObject({ reason: 'EVICTION' });
  }, 40_000);
});

describe.skipIf(!hasOwnRedis)(`a Redis behind a sentinel ${unlessNoOwnRedis}`, () => {
  it('is found by its name, with its own user and database', async () => {
    const primary = await ownRedis(undefined, '--requirepass', 'p@ss', '--appendonly', 'yes');
    const sentinel = await ownRedis(undefined, '--sentinel');
    const watcher = await adminOf(sentinel.url);
    await watcher.call('SENTINEL', 'MONITOR', 'main', '127.0.0.1', new URL(primary.url).port, '1');
    await watcher.call('SENTINEL', 'SET', 'main', 'auth-pass', 'p@ss');
    // The first sentinel is away; its URL has the password and the database of the primary.
    const urls = ['redis://:p%40ss@127.0.0.1:9/1', sentinel.url];
    await expectOneCallEach({ urls, sentinel: { name: 'main' } });
    const admin = await adminOf(`${primary.url.replace('//', '//:p%40ss@')}/1`);
    expect(await admin.dbsize()).toBeGreaterThan(accounts.length * 3);
  }, 20_000);
});
