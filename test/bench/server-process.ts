import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Asked } from './upstream/main.ts';
import type { Usage } from './usage.ts';

export interface Start {
  /** Beside this file, or its absolute path. */
  readonly program: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its standard output goes; to ours by default. */
  readonly log?: string;
  /** What it reads and writes; removed when it is stopped. */
  readonly folder?: string;
  /** Options of node's own, such as `--cpu-prof`. */
  readonly node?: readonly string[];
}

/** A process that serves, and answers for what it uses. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #folder: string | undefined;

  constructor({ program, arguments: given = [], environment = {}, log, folder, node = [] }: Start) {
    this.#folder = folder;
    const output = log === undefined ? 'inherit' : openSync(log, 'a');
    this.#child = spawn(
      process.execPath,
      [...node, '--import', pathOf('usage.js'), pathOf(program), ...given],
      { stdio: ['ignore', output, 'inherit', 'ipc'], env: { ...process.env, ...environment } },
    );
  }

  /** What the program says first, over the channel. */
  async firstMessage(): Promise<unknown> {
    const [message] = await once(this.#child, 'message');
    return message;
  }

  usage(): Promise<Usage> {
    return this.#ask('usage');
  }

  /** What it has been asked for since it started; the upstream alone counts it. */
  asked(): Promise<Asked> {
    return this.#ask('asked');
  }

  async #ask<Answer>(word: string): Promise<Answer> {
    const message = once(this.#child, 'message');
    this.#child.send(word);
    const [answer] = await message;
    return answer;
  }

  async stop(): Promise<void> {
    await this.#end();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await exit;
    clearTimeout(late);
  }
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** For programs that tell the port they listen on. */
export async function portOf(server: ServerProcess): Promise<number> {
  const message = await server.firstMessage();
  if (typeof message === 'object' && message !== null && 'port' in message) return Number(message.port);
  throw new Error('a server that does not tell its port');
}
