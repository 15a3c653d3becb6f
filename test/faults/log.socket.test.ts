import { closeSync, existsSync, openSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { post } from '../support/post.ts';
import { killServers, type RunningServer, runServer } from '../support/run-server.ts';

guard({ time: 'real' });

afterEach(killServers);

/** Below the ports that the system hands out by itself, so that no other test gets it in between. */
function somePort(): number {
  return 10_000 + Math.floor(Math.random() * 20_000);
}

/** The process on its sandbox, on a port that is known before: what it prints may not be readable. */
const serve = (stdout: number | 'unread') => runServer({ env: { PORT: String(somePort()) }, stdout });

/** A call and many queries, whose lines fill whatever is between the process and its log: a pipe of 64 KB, or nothing. */
async function keepBusy({ url }: RunningServer): Promise<void> {
  const variables = createVariables('bandwidth-sandbox', { idempotencyKey: 'key' });
  const placed = await post<{ createCall: { call: object } }>(url, createQuery, variables);
  expect(placed.data).toMatchObject({ createCall: { replayed: false, userErrors: [] } });
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(Array.from({ length: 25 }, () => post(url, '{ accounts { key } }')));
    expect(answers.filter(({ status, code }) => status !== 200 || code !== undefined)).toEqual([]);
  }
  // For a few more flushes.
  await pause(300);
  const again = await post<{ createCall: { call: object } }>(url, createQuery, variables);
  expect(again.data.createCall).toEqual({ ...placed.data.createCall, replayed: true });
}

/** It ends as if nothing was wrong; one that is held up is cut off after half a minute, with 1. */
async function expectToEnd(server: RunningServer): Promise<void> {
  expect(await server.stop()).toBe(0);
  expect(server.output()).toBe('');
}

describe('a process whose log', () => {
  it.skipIf(!existsSync('/dev/full'))('is on a full disk serves and ends as it would', async () => {
    const full = openSync('/dev/full', 'w');
    const server = await serve(full);
    const PORT = new URL(server.url).port;
    const [second] = await Promise.all([runServer({ env: { PORT }, stdout: full }), keepBusy(server)]);
    closeSync(full);
    expect(await second.ended, 'cannot start').toBe(1);
    await expectToEnd(server);
  });

  it('nobody reads serves and ends as it would', async () => {
    const server = await serve('unread');
    await keepBusy(server);
    await expectToEnd(server);
  });

  it('has lost its reader serves and ends as it would', async () => {
    const server = await serve('unread');
    server.process.stdout?.destroy();
    await keepBusy(server);
    await expectToEnd(server);
  });
});
