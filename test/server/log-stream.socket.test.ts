import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogStream } from '../../src/server/log-stream.ts';

const noPipe = spawnSync('mkfifo', ['--version']).error !== undefined;
const noFullDisk = !existsSync('/dev/full');

function somePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'log');
}

function open(path: string, flags: number | string): number {
  const fd = openSync(path, flags);
  onTestFinished(() => closeSync(fd));
  return fd;
}

/** A pipe that is read when we say so, as the log of a process is: nothing ever waits for it. */
function somePipe(): number {
  const path = somePath();
  spawnSync('mkfifo', [path]);
  return open(path, constants.O_RDWR | constants.O_NONBLOCK);
}

/** Adds what there is to read. */
function readInto(chunks: Buffer[], fd: number): Buffer[] {
  const buffer = Buffer.alloc(1024 * 1024);
  try {
    chunks.push(buffer.subarray(0, readSync(fd, buffer)));
  } catch {
    // Nothing at the moment.
  }
  return chunks;
}

describe('the log', () => {
  it('is written many lines at once, and what is left at the end', async () => {
    const path = somePath();
    const log = new LogStream(open(path, 'w'));
    const line = `${'x'.repeat(99)}\n`;
    const write = (lines: number) => {
      for (let i = 0; i < lines; i += 1) log.write(line);
    };
    const written = () => readFileSync(path, 'utf8');
    write(122);
    await nextTurn();
    expect(written()).toBe('');
    write(3);
    await expect.poll(written, { interval: 1 }).toBe(line.repeat(123));
    await expect.poll(written).toBe(line.repeat(125));
    log.write('the last\n');
    await log.end();
    expect(written()).toBe(`${line.repeat(125)}the last\n`);
  });

  it.skipIf(noPipe)('that nobody reads waits, up to a bound, and says what was lost', async () => {
    const pipe = somePipe();
    const bound = 1_000_000;
    const log = new LogStream(pipe, bound);
    const text = 'é'.repeat(500);
    for (let i = 0; i < 2_000; i += 1) log.write(`${JSON.stringify({ i, text })}\n`);
    const read: Buffer[] = [];
    await expect
      .poll(() => Buffer.concat(readInto(read, pipe)).toString(), { timeout: 10_000 })
      .toContain('"lost"');
    log.write('"as before"\n');
    await log.end();
    const lines = Buffer.concat(readInto(read, pipe))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const kept = lines.slice(0, -2);
    expect(kept.map(({ i }) => i)).toEqual(kept.map((_, i) => i));
    expect(kept.filter((line) => line.text !== text)).toEqual([]);
    expect(kept.length * 1_000).toBeLessThan(1.1 * bound);
    expect(lines.at(-2)).toMatchObject({ level: 40, lost: 2_000 - kept.length });
    expect(lines.at(-1)).toBe('as before');
  });

  it.skipIf(noPipe)('that nobody reads is not waited for at the end', async () => {
    const log = new LogStream(somePipe());
    for (let i = 0; i < 1_000; i += 1) log.write('x'.repeat(1_000));
    const began = performance.now();
    await log.end();
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it.skipIf(noFullDisk)('on a full disk fails nobody', async () => {
    const log = new LogStream(open('/dev/full', 'w'));
    for (let i = 0; i < 30_000; i += 1) log.write('x'.repeat(1_000));
    await pause(250);
    const began = performance.now();
    await log.end();
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('has its last lines, and the process its exit code, however long its last turn was', () => {
    const path = somePath();
    const script = `
      import { openSync } from 'node:fs';
      import { LogStream } from '${new URL('../../dist/server/log-stream.js', import.meta.url)}';
      const log = new LogStream(openSync('${path}', 'w'));
      log.write('x'.repeat(13_000) + '\\n');
      log.write('the reason why it ends\\n');
      for (const until = Date.now() + 1_200; Date.now() < until; );
      process.exit(3);`;
    const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
    expect(status).toBe(3);
    expect(readFileSync(path, 'utf8')).toMatch(/^x{13000}\nthe reason why it ends\n$/);
  });
});
