import { write, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isatty } from 'node:tty';

/** Characters gathered before they are written at once, and milliseconds that a line waits for others. */
const enough = 12_288;
const flushEvery = 100;
/** Bytes that may wait for a reader who has stalled, or for a full disk; what comes above is lost. */
const usualBound = 16 * 1024 * 1024;
/** Milliseconds that the end waits for what has not been written yet. */
const patience = 1_000;

/**
 * Writes many lines with one system call: one for each line was a tenth of what a small request costs
 * (measured: 4 of 45 µs). Lines of the last tenth of a second are lost if the process is killed outright.
 *
 * No trouble with the log is anybody else's: a write that fails is tried again with the next flush, in order,
 * and how many lines were lost meanwhile is said once there is room again. (pino's own destination throws
 * whatever is not EPIPE where nobody can catch it, and at the exit of the process tries for ever.)
 */
export class LogStream {
  readonly #fd: number;
  readonly #bound: number;
  #text = '';
  #waiting: Buffer[] = [];
  #bytes = 0;
  #lost = 0;
  #isWriting = false;
  #began = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #onExit = (): void => this.#writeLast();

  constructor(fd: number, bound = usualBound) {
    this.#fd = fd;
    this.#bound = bound;
  }

  /** Never throws. */
  write(line: string): void {
    if (this.#bytes > this.#bound) {
      this.#lost += 1;
      return;
    }
    if (this.#timer === undefined) this.#start();
    this.#text += line;
    if (this.#text.length >= enough) this.#flush();
  }

  /** Writes what is left, as far as that can be done in a moment. */
  async end(): Promise<void> {
    const until = performance.now() + patience;
    do {
      this.#flush();
      await pause(10);
    } while (this.#bytes > 0 && performance.now() < until);
    clearInterval(this.#timer);
    // A write that is still under way may never end, which the exit has to know.
    if (!this.#isWriting) process.off('exit', this.#onExit);
  }

  /** With the first line: a log that is silent holds nothing. */
  #start(): void {
    this.#timer = setInterval(() => this.#flush(), flushEvery).unref();
    process.once('exit', this.#onExit);
  }

  #flush(): void {
    this.#gather();
    if (!this.#isWriting) this.#writeNext();
  }

  #gather(): void {
    if (this.#bytes > this.#bound) return;
    // Nothing was taken in while lines were lost, so this is their place.
    const text = this.#lost > 0 ? lossLine(this.#lost) + this.#text : this.#text;
    this.#lost = 0;
    this.#text = '';
    if (text === '') return;
    const chunk = Buffer.from(text);
    this.#waiting.push(chunk);
    this.#bytes += chunk.length;
  }

  #writeNext(): void {
    const [chunk] = this.#waiting;
    if (chunk === undefined) return;
    this.#isWriting = true;
    this.#began = performance.now();
    write(this.#fd, chunk, (_, written) => {
      this.#isWriting = false;
      if (written === 0) return;
      this.#bytes -= written;
      if (written < chunk.length) this.#waiting[0] = chunk.subarray(written);
      else this.#waiting.shift();
      this.#writeNext();
    });
  }

  /** At the exit of the process nothing can be waited for. What is being written is so without us. */
  #writeLast(): void {
    // A terminal that was stopped (Ctrl+S) holds a thread of ours, and the exit would wait for that.
    const isHeld = this.#isWriting && performance.now() - this.#began > patience && isatty(this.#fd);
    if (isHeld) process.kill(process.pid, 'SIGKILL');
    this.#gather();
    try {
      for (const chunk of this.#waiting.slice(this.#isWriting ? 1 : 0)) {
        if (writeSync(this.#fd, chunk) < chunk.length) return;
      }
    } catch {
      // There is nobody left to be told.
    }
  }
}

/** As pino would write it, at the level of a warning. */
function lossLine(lost: number): string {
  return `${JSON.stringify({ level: 40, time: Date.now(), lost, msg: 'lines of the log were lost' })}\n`;
}

/**
 * The log of this process. Node makes a pipe non-blocking when its stream is first asked for; a write that
 * blocked would keep a thread until somebody reads, and the process could not end before.
 */
export function createLogStream(): LogStream {
  return new LogStream(process.stdout.fd ?? 1);
}
