import { setImmediate as nextTurn } from 'node:timers/promises';
import Fastify from 'fastify';
import { Pool } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { closeIdleConnections } from '../../src/server/close-idle-connections.ts';
import { shedLoad } from '../../src/server/shed-load.ts';

const clients = 40;

/** Turns of the event loop after which whoever asks has to wait. */
async function beBusy(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) {
    await nextTurn();
    const until = performance.now() + 30;
    while (performance.now() < until);
  }
}

it('answers whoever waits when the server closes', async () => {
  const app = Fastify();
  const onRequest = shedLoad(app);
  closeIdleConnections(app);
  let served = 0;
  let closed: Promise<unknown> | undefined;
  const handler = async () => {
    served += 1;
    // By then all clients are connected, and in the next turn of the loop all have asked again.
    if (served === clients + 1) setImmediate(() => (closed = app.close()));
    return 'served';
  };
  app.route({ url: '/', method: 'POST', onRequest, handler });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const pool = new Pool(origin, { connections: clients, pipelining: 1 });
  onTestFinished(() => pool.destroy());
  const headers = { 'content-type': 'text/plain' };
  const ask = async () => {
    const answer = await pool.request({ method: 'POST', path: '/', headers, body: 'hello' });
    return answer.body.text();
  };
  const askAll = () => Promise.all(Array.from({ length: clients }, ask));
  expect(new Set(await askAll())).toEqual(new Set(['served']));
  await beBusy();
  const answers = await askAll();
  await closed;
  const refused = answers.filter((text) => text !== 'served');
  expect(refused).toHaveLength(clients - (served - clients));
  // Fastify itself answers those that come later.
  expect(refused.filter((text) => text.includes('Nothing was done for this request'))).not.toEqual([]);
});
