import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { accountId, pause, post, send } from './ask.ts';
import { guard } from './stage.ts';

guard({ time: 'real' });

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Below the ports that the system hands out by itself, so that no other test gets it in between. */
function somePort(): number {
  return 10_000 + Math.floor(Math.random() * 20_000);
}

/** The process on its sandbox, once it serves; what it prints is nobody's business here. */
async function serve(stdout: 'pipe' | number) {
  const PORT = String(somePort());
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', stdout, 'pipe'],
    env: { PATH: '', PORT },
  });
  started.push(child);
  let complaints = '';
  child.stderr?.on('data', (chunk) => (complaints += chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const origin = `http://127.0.0.1:${PORT}`;
  const isUp = () => send(`${origin}/healthz`).then(({ status }) => status === 200);
  while (child.exitCode === null && !(await isUp().catch(() => false))) await pause(20);
  return { child, url: `${origin}/graphql`, complaints: () => complaints, ended };
}

type Served = Awaited<ReturnType<typeof serve>>;

const create = `mutation ($input: CreateCallInput!) {
  createCall(input: $input) { replayed call { id } userErrors { code } }
}`;

/** A call and a crowd of queries, whose lines fill whatever is between the process and its log. */
async function keepBusy({ url }: Served): Promise<void> {
  const input = {
    accountId: accountId('bandwidth-sandbox'),
    from: '+19195550100',
    to: '+19195550123',
    answerUrl: 'https://example.com/',
    idempotencyKey: 'key',
  };
  const placed = await post<{ createCall: { call: object } }>(url, create, { input });
  expect(placed.data).toMatchObject({ createCall: { replayed: false, userErrors: [] } });
  for (let round = 0; round < 60; round += 1) {
    const answers = await Promise.all(Array.from({ length: 25 }, () => post(url, '{ accounts { key } }')));
    expect(answers.filter(({ status, code }) => status !== 200 || code !== undefined)).toEqual([]);
  }
  // For a few more flushes.
  await pause(300);
  const again = await post<{ createCall: { call: object } }>(url, create, { input });
  expect(again.data.createCall).toEqual({ ...placed.data.createCall, replayed: true });
}

/** It ends as if nothing was wrong; one that is held up is cut off after half a minute, with 1. */
async function expectToEnd({ child, ended, complaints }: Served): Promise<void> {
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(complaints()).toBe('');
}

describe('a process whose log', () => {
  it.skipIf(!existsSync('/dev/full'))('is on a full disk serves and ends as it would', async () => {
    const full = openSync('/dev/full', 'w');
    const server = await serve(full);
    closeSync(full);
    await keepBusy(server);
    await expectToEnd(server);
  });

  it.skipIf(!existsSync('/dev/full'))('is on a full disk ends when it cannot start', async () => {
    const full = openSync('/dev/full', 'w');
    const server = await serve(full);
    const PORT = new URL(server.url).port;
    const second = spawn(process.execPath, [main], {
      stdio: ['ignore', full, 'ignore'],
      env: { PATH: '', PORT },
    });
    started.push(second);
    closeSync(full);
    expect((await once(second, 'close'))[0]).toBe(1);
    await expectToEnd(server);
  });

  it('nobody reads serves and ends as it would', async () => {
    const server = await serve('pipe');
    await keepBusy(server);
    await expectToEnd(server);
  });

  it('has lost its reader serves and ends as it would', async () => {
    const server = await serve('pipe');
    server.child.stdout?.destroy();
    await keepBusy(server);
    await expectToEnd(server);
  });
});
