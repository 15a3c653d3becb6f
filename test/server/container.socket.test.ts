import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { defaultLimits } from '../../src/config/limits.ts';
import { drainTimeOf } from '../../src/server/drain-time.ts';
import { post } from '../support/post.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const start: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.start;

/** What follows an instruction of the last stage, once for each time that it stands there. */
function instructions(name: string): string[] {
  const [, stage = ''] = dockerfile.split(/\nFROM [^\n]+\n(?!.*\nFROM )/s);
  return [...stage.matchAll(new RegExp(`^${name} (.+)$`, 'gm'))].map(([, rest = '']) => rest);
}

/** The command of the image, or of its health check. */
function commandOf(name: string): string[] {
  const text = instructions(name).at(-1) ?? '';
  return JSON.parse(text.slice(text.indexOf('[')));
}

/** A folder with what the image has, and nothing else. */
function imageFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const copied of instructions('COPY')) {
    const [, from = '', to = ''] = /^--from=build \/app\/(\S+) (\S+)$/.exec(copied) ?? [];
    const target = join(folder, to === './' ? from : to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, from), target, { recursive: true });
  }
  return folder;
}

/** Starts a command, and waits until it says where it listens. */
async function run(command: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const [file = '', ...parameters] = command;
  const child = spawn(file, parameters, { cwd, env: { PATH: process.env.PATH ?? '', PORT: '0', ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  await expect.poll(() => output, { timeout: 60_000 }).toContain('/graphql');
  return { child, ended, url: /http:\/\/\S+\/graphql/.exec(output)?.[0] ?? '' };
}

describe('the image', () => {
  it('runs what `npm start` runs, as a user without rights, on the port that it names', () => {
    expect(start).toContain(commandOf('CMD').join(' '));
    expect(instructions('USER')).toEqual(['node']);
    expect(instructions('EXPOSE')).toEqual(['4000']);
    expect(instructions('ENV')).toEqual(['NODE_ENV=production HOST=0.0.0.0']);
  });

  it('has all that the server needs, which writes no file and needs no home', async () => {
    const folder = imageFolder();
    writeFileSync(join(folder, 'accounts.yml'), 'sandbox: true\nintrospection: true\nexplorer: true\n');
    const env = { NODE_ENV: 'production', CALLS_CONFIG: 'accounts.yml' };
    const { child, ended, url } = await run(commandOf('CMD'), folder, env);
    expect((await post(url, '{ calls(first: 2) { nodes { id } } }')).errors).toEqual([]);
    expect((await fetch(url, { headers: { accept: 'text/html' } })).status).toBe(200);
    const check = commandOf('HEALTHCHECK');
    const health = (port: string) =>
      spawnSync(check[0] ?? '', check.slice(1), { env: { ...process.env, PORT: port } });
    expect(health(new URL(url).port).status).toBe(0);
    // The second signal ends the delay that production has.
    child.kill('SIGTERM');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(health(new URL(url).port).status).toBe(1);
  });
});

describe('the compose file of the README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const text = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);
  const { calls, redis } = parse(text.find((yaml) => yaml.includes('services:')) ?? '').services;

  it('runs the image as it is meant to be run', () => {
    expect(calls).toMatchObject({ build: '.', read_only: true, expose: instructions('EXPOSE') });
    expect(calls.deploy.replicas).toBe(2);
    expect(calls.volumes).toEqual([`./accounts.yml:${calls.environment.CALLS_CONFIG}:ro`]);
    const grace = 1_000 * Number.parseInt(calls.stop_grace_period, 10);
    expect(grace).toBeGreaterThanOrEqual(5_000 + drainTimeOf(defaultLimits));
  });

  it('has a Redis that keeps what it is given', () => {
    expect(redis.command.join(' ')).toBe('redis-server --appendonly yes --maxmemory-policy noeviction');
  });
});

const canUnshare = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;

describe.runIf(canUnshare)('as the first process of a container', () => {
  it.each([
    ['the command of the image', commandOf('CMD')],
    ['npm start', ['npm', 'start']],
  ])('%s ends by itself on SIGTERM, after the requests under way', async (_, command) => {
    const config = join(mkdtempSync(join(tmpdir(), 'config-')), 'accounts.yml');
    onTestFinished(() => rmSync(dirname(config), { recursive: true }));
    writeFileSync(config, 'sandbox: true\nshutdown: { delay: 1h }\n');
    const unshared = ['unshare', '--pid', '--fork', '--mount-proc', ...command];
    const { child, ended, url } = await run(unshared, root, { CALLS_CONFIG: config });
    const first = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim());
    process.kill(first, 'SIGTERM');
    const readyz = new URL('/readyz', url);
    await expect.poll(async () => (await fetch(readyz)).status).toBe(503);
    process.kill(first, 'SIGTERM');
    expect(await ended).toBe(0);
  });
});
