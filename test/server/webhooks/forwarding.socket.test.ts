import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { StatusHooks } from '../../../src/calls/events/status-hooks.ts';
import { Cipher } from '../../../src/store/cipher.ts';
import { adminOf, ownRedis, storeAt } from '../../store/store-harness.ts';
import { eventually } from '../../support/eventually.ts';
import { aNewCall } from '../../support/new-call.ts';
import { send } from '../../support/post.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../../support/redis-server.ts';
import { killServers, runServer } from '../../support/run-server.ts';

const account = 'connect-sandbox';
const secret = 'a secret that both processes have';

afterAll(killServers);

/** An application of the client that fails until it is told otherwise, and the states of which it was told since. */
async function startApplication() {
  const state = { isDown: true, tries: 0, told: [] as string[] };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    state.tries += 1;
    if (!state.isDown) state.told.push(new URLSearchParams(body).get('CallStatus') ?? '');
    response.writeHead(state.isDown ? 503 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/status` };
}

describe.skipIf(!hasOwnRedis)(
  `a process that is killed after it has answered webhooks ${unlessNoOwnRedis}`,
  () => {
    it('leaves them to another one, which sends them on in order', async () => {
      const redis = await ownRedis();
      const file = { sandbox: true, store: { url: redis.url, secret } };
      const [{ state, url }, dying] = await Promise.all([
        startApplication(),
        runServer({ file }),
        runServer({ file }),
      ]);
      const hooks = new StatusHooks({
        store: storeAt(redis.url),
        accountKey: account,
        ...{ cipher: new Cipher(secret, account), seal: new Cipher(secret, account) },
        baseUrl: () => new URL('/webhooks', dying.url).href,
        mayReach: () => true,
      });
      const { call, bind } = await hooks.interpose(aNewCall({ statusUrl: url }));
      await bind('CA3');
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const states = ['initiated', 'ringing', 'answered'];
      for (const status of states) {
        const body = `CallSid=CA3&CallStatus=${status}`;
        expect((await send(call.statusUrl ?? '', { method: 'POST', headers, body })).status).toBe(204);
      }
      dying.process.kill('SIGKILL');
      await dying.ended;
      state.isDown = false;
      // As if the time of its lease had passed.
      const admin = await adminOf(redis.url);
      const key = `calls-graphql:v1:{${account}}:forwards`;
      for (const queue of await admin.zrange(key, 0, -1)) await admin.zadd(key, 0, queue);
      expect(await eventually(() => state.told.length === states.length)).toBe(true);
      expect(state.told).toEqual(states);
      expect(await eventually(async () => (await admin.keys(`*{${account}}:forward*`)).length === 0)).toBe(
        true,
      );
    });
  },
);
