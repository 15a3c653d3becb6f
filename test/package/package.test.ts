import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const app = mkdtempSync(join(tmpdir(), 'calls-graphql-'));
const binary = (name: string) => join(root, 'node_modules/.bin', name);

/** Runs a program and returns what it prints; its complaint is the error. */
function run(cwd: string, file: string, ...args: string[]): string {
  try {
    return execFileSync(file, args, { cwd, encoding: 'utf8', stdio: 'pipe', timeout: 120_000 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${file} ${args.join(' ')}\n${stdout}\n${stderr}`);
  }
}

const install = (...packages: string[]) =>
  run(app, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', ...packages);

let tarball: string;
beforeAll(() => {
  run(root, 'npm', 'pack', '--ignore-scripts', '--pack-destination', app);
  tarball = join(app, readdirSync(app).find((name) => name.endsWith('.tgz')) ?? '');
  writeFileSync(join(app, 'package.json'), '{ "type": "module", "private": true }');
});
afterAll(() => rmSync(app, { recursive: true, force: true }));

it('holds what it needs, in the form that bundlers and compilers expect', () => {
  expect(run(root, binary('publint'), 'run', tarball, '--strict')).toContain('All good');
  expect(
    run(
      root,
      binary('attw'),
      tarball,
      '--profile',
      'esm-only',
      '--format',
      'ascii',
      '--exclude-entrypoints',
      'schema.graphql',
    ),
  ).toContain('🟢 (ESM)');
});

it('gives a newcomer the first answer with twelve lines and few packages', () => {
  const code = readFileSync(new URL('newcomer.js', import.meta.url), 'utf8');
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(12);
  writeFileSync(join(app, 'newcomer.js'), code);
  const began = performance.now();
  install(tarball);
  const answer = JSON.parse(run(app, process.execPath, 'newcomer.js'));
  expect(answer.data.calls.nodes).toHaveLength(2);
  // How long that takes depends on the network and on what else the machine does: it is told, and counts are tested.
  console.log(`install and first answer: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const { packages } = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8'));
  expect(Object.keys(packages).length).toBeLessThan(220);
});

it('is found by require, its schema and its program too', () => {
  const code = `
    const { createCallsApi } = require('calls-graphql');
    console.log(typeof createCallsApi, require.resolve('calls-graphql/schema.graphql').endsWith('.graphql'));`;
  expect(run(app, process.execPath, '--input-type=commonjs', '-e', code)).toContain('function true');
  const started = `PORT=0 timeout --signal=TERM 20 npx calls-graphql | head -1`;
  expect(run(app, 'sh', '-c', started)).toContain('calls-graphql is ready at http://127.0.0.1:');
});

it('names the package that it needs for a store', () => {
  const code = `
    const { createCallsApi } = require('calls-graphql');
    createCallsApi({ store: 'redis://127.0.0.1:1' }).catch(({ message }) => console.log(message));`;
  expect(run(app, process.execPath, '--input-type=commonjs', '-e', code)).toContain(
    'store: needs the package ioredis',
  );
});

it('compiles under strict with nodenext and with bundler, and is mounted as the examples show', () => {
  const examples = join(app, 'examples');
  cpSync(join(root, 'test/examples'), examples, {
    recursive: true,
    filter: (path) => !path.includes('follow-calls'),
  });
  for (const name of readdirSync(examples)) {
    const text = readFileSync(join(examples, name), 'utf8');
    if (name.endsWith('.test.ts')) rmSync(join(examples, name));
    else writeFileSync(join(examples, name), text.replaceAll('../../src/index.ts', 'calls-graphql'));
  }
  cpSync(new URL('consumer.ts', import.meta.url), join(app, 'consumer.ts'));
  install('express@5', 'fastify@5', '@graphql-tools/schema@10', '@graphql-tools/stitch@10');
  // What only the compiler needs is that of this checkout.
  mkdirSync(join(app, 'node_modules/@types'), { recursive: true });
  for (const name of ['vitest', '@types/node', '@types/express']) {
    const path = join(app, 'node_modules', name);
    rmSync(path, { recursive: true, force: true });
    symlinkSync(join(root, 'node_modules', name), path);
  }
  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const) {
    const options = [
      '--strict',
      '--noEmit',
      '--skipLibCheck',
      'false',
      '--target',
      'es2022',
      '--lib',
      'es2023',
      '--types',
      'node',
      '--allowImportingTsExtensions',
    ];
    run(app, binary('tsc'), ...options, '--module', module, '--moduleResolution', resolution, 'consumer.ts');
  }
  run(
    app,
    binary('tsc'),
    '--outDir',
    'out',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--moduleResolution',
    'nodenext',
    '--rewriteRelativeImportExtensions',
    '--skipLibCheck',
    'consumer.ts',
  );
  const lines = run(app, process.execPath, 'out/consumer.js')
    .trim()
    .split('\n')
    // One of the examples logs to the console.
    .filter((line) => line.startsWith('{"of"'))
    .map((line) => JSON.parse(line));
  const answer = { data: { accounts: [{ key: 'bandwidth-sandbox' }] } };
  expect(lines).toEqual(
    [answer, answer, answer, answer].map((each, i) => ({
      of: ['fastify', 'express', 'http', 'adapter'][i],
      ...each,
    })),
  );
});
