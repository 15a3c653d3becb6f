import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createManualClock, startBandwidth, startConnect, startSbc } from '../../src/sandbox/index.ts';
import { adminOf, ownRedis } from '../store/store-harness.ts';
import { accountsOn } from '../support/carrier-accounts.ts';
import { type Created, createQuery, createVariables } from '../support/new-call.ts';
import { post } from '../support/post.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { killServers, runServer } from '../support/run-server.ts';

afterEach(killServers);

/** Three servers on the same carriers and the same Redis. */
async function open(more: object = {}) {
  const clock = createManualClock(Date.now());
  const [bandwidth, connect, sbc] = await Promise.all([
    startBandwidth({ clock }),
    startConnect({ clock }),
    startSbc({ clock }),
  ]);
  onTestFinished(async () => {
    await Promise.all([bandwidth.close(), connect.close(), sbc.close()]);
  });
  const { url } = await ownRedis(undefined, '--appendonly', 'yes');
  const file = { accounts: accountsOn({ bandwidth, connect, sbc }), store: { url, strict: true }, ...more };
  const servers = await Promise.all([1, 2, 3].map(() => runServer({ file })));
  const create = (i: number, idempotencyKey: string) =>
    post<Created>(servers[i]?.url ?? '', createQuery, createVariables('bandwidth', { idempotencyKey }));
  return { bandwidth, servers, create, redis: url };
}

describe.skipIf(!hasOwnRedis)(`three servers on one Redis ${unlessNoOwnRedis}`, () => {
  it('place one call for a key, show it everywhere at once, and tell Redis no number', async () => {
    const { bandwidth, servers, create, redis } = await open();
    const keys = ['a', 'b', 'c'];
    const answers = await Promise.all(keys.flatMap((key) => [0, 1, 2].map((i) => create(i, key))));
    const created = answers.map(({ data }) => data.createCall);
    expect(created.map(({ userErrors }) => userErrors)).toEqual(Array(9).fill([]));
    expect(created.filter(({ replayed }) => !replayed)).toHaveLength(3);
    const ids = [...new Set(created.map(({ call }) => call?.id))];
    expect(ids).toHaveLength(3);
    expect(
      bandwidth.journal.filter(({ method, path }) => method === 'POST' && path.endsWith('/calls')),
    ).toHaveLength(3);
    for (const { url } of servers) {
      for (const id of ids) {
        const { data } = await post<{ call: { id: string } | null }>(
          url,
          'query ($id: ID!) { call(id: $id) { id } }',
          { id },
        );
        expect(data.call?.id).toBe(id);
      }
    }
    const admin = await adminOf(redis);
    const names = await admin.keys('*');
    const values = await Promise.all(names.map((name) => admin.get(name).catch(() => 'a log')));
    expect(JSON.stringify([names, values])).not.toMatch(/9195550/);
  }, 60_000);

  it('let a caller have its points once over all of them', async () => {
    const { servers } = await open({ access: 'open', cost: { pointsPerMinute: 100 } });
    const ask = async (i: number) =>
      (await post(servers[i % 3]?.url ?? '', '{ __typename }')).code ?? 'answered';
    // The first two requests of each pay for their document, too.
    const first = await Promise.all([0, 1, 2].map(ask));
    first.push(...(await Promise.all([0, 1, 2].map(ask))));
    const codes = await Promise.all(Array.from({ length: 300 }, (_, i) => ask(i)));
    const points = 2 * first.length + codes.filter((code) => code === 'answered').length;
    expect(points).toBeGreaterThanOrEqual(90);
    expect(points).toBeLessThanOrEqual(110);
    expect(new Set(codes)).toEqual(new Set(['answered', 'RATE_LIMITED']));
  }, 60_000);
});
