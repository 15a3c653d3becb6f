import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import { RecentCalls } from '../../../src/calls/lists/recent-calls.ts';
import { SharedCalls } from '../../../src/calls/lists/shared-calls.ts';
import { withRecentCalls } from '../../../src/calls/lists/with-recent-calls.ts';
import { Idempotency } from '../../../src/calls/placing/idempotency.ts';
import { Cipher } from '../../../src/store/cipher.ts';
import { adminOf, ownRedis, storeAt } from '../../store/store-harness.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { aNewCall } from '../../support/new-call.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../../support/redis-server.ts';
import { someAccount, someCall, someOperation } from '../../support/some-call.ts';

const operation = someOperation();
const request = { order: 'NEWEST_FIRST', filter: {}, size: 10, budget: 1 } as const;
const key = 'calls-graphql:v1:{alpha}:recent';

/** A process whose provider lists nothing yet, and that places calls with these ids. */
function processAt(url: string, secret = 'a secret of the team') {
  const store = storeAt(url);
  const cipher = new Cipher(secret, 'alpha');
  const shared = new SharedCalls(store, 'alpha', cipher);
  const inner = new ArrayAdapter(someAccount());
  const adapter = withRecentCalls(inner, new RecentCalls(Date.now, () => shared.readNew(inner.account)));
  const idempotency = new Idempotency(store, {
    cipherOf: () => cipher,
    alsoWrite: (call) => shared.toWrite(call),
  });
  const place = async (id: string, idempotencyKey?: string): Promise<Call> => {
    inner.calls = [someCall({ providerCallId: id, createdAt: new Date().toISOString() })];
    const order = { adapter, call: aNewCall() };
    const placing =
      idempotencyKey === undefined
        ? idempotency.place(order, operation)
        : idempotency.placeOnce({ ...order, callerId: 'someone', key: idempotencyKey }, operation);
    const { call } = await placing;
    inner.calls = [];
    return call;
  };
  const list = async () => (await adapter.page(request, operation)).calls.map((call) => call.providerCallId);
  return { inner, adapter, place, list };
}

describe.skipIf(!hasOwnRedis)(`a call that another process has just placed ${unlessNoOwnRedis}`, () => {
  it('is found, listed and known at once, with a key or without, also after a start', async () => {
    const { url } = await ownRedis();
    const [here, there] = [processAt(url), processAt(url)];
    const first = await here.place('c-1', 'a key');
    expect(await there.adapter.get('c-1', operation)).toEqual(first);
    const second = await here.place('c-2');
    expect((await there.list()).sort()).toEqual(['c-1', 'c-2']);
    expect(await processAt(url).adapter.get('c-2', operation)).toEqual(second);
    there.inner.failure = new ProviderError('NOT_FOUND', 'No such call.');
    await expect(there.adapter.end('c-2', 'HANG_UP', operation)).rejects.toMatchObject({
      message: expect.stringContaining('does not know it yet'),
    });
  });

  it('is found by every read that begins after it was placed, however many there are', async () => {
    const { url } = await ownRedis();
    const [here, there] = [processAt(url), processAt(url)];
    const missed: string[] = [];
    for (let i = 0; i < 40; i += 1) {
      const noise = Array.from({ length: 5 }, () => there.adapter.get('c-none', operation));
      await here.place(`c-${i}`);
      if ((await there.adapter.get(`c-${i}`, operation)) === null) missed.push(`c-${i}`);
      await Promise.all(noise);
    }
    expect(missed).toEqual([]);
  });

  it('stands in Redis encrypted and for ten minutes; what cannot be decrypted is left alone', async () => {
    const { url } = await ownRedis();
    const admin = await adminOf(url);
    await processAt(url).place('c-1');
    await admin.xadd(key, '*', 'later', 'an entry of a later version');
    expect(JSON.stringify(await admin.xrange(key, '-', '+'))).not.toMatch(/919555/);
    expect(await admin.pttl(key)).toBeLessThanOrEqual(10 * 60_000);
    expect(await processAt(url, 'another secret of it').list()).toEqual([]);
    expect(await processAt(url).list()).toEqual(['c-1']);
    expect(await admin.xlen(key)).toBe(2);
  });

  it('is removed after ten minutes although others are placed meanwhile', async () => {
    const { url } = await ownRedis();
    const admin = await adminOf(url);
    const { place } = processAt(url);
    await admin.xadd(key, `${Date.now() - 11 * 60_000}-0`, 'value', 'older');
    await admin.xadd(key, `${Date.now() - 9 * 60_000}-0`, 'value', 'younger');
    await place('c-1');
    const values = (await admin.xrange(key, '-', '+')).map(([, [, value]]) => value);
    expect(values).toEqual(['younger', expect.stringMatching(/./)]);
  });

  it('is added without holding up other requests, however many there are', async () => {
    const calls = Array.from({ length: 1_000 }, (_, i) => someCall({ providerCallId: `c-${i}` }));
    const recent = new RecentCalls(Date.now, async () => calls);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      pending = setImmediate(count);
    };
    let pending = setImmediate(count);
    await recent.catchUp();
    clearImmediate(pending);
    expect(recent.find('c-999')).not.toBeNull();
    expect(turns).toBeGreaterThanOrEqual(9);
  });

  it('is not waited for while Redis is away', async () => {
    const { url, stop } = await ownRedis();
    const { place, list, adapter } = processAt(url);
    await place('c-1');
    await stop();
    expect(await list()).toEqual(['c-1']);
    expect(await adapter.get('c-2', operation)).toBeNull();
  });
});
