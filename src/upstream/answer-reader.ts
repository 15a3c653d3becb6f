import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, errors } from 'undici';
import type { Listener } from '../runtime/cancellation.ts';
import { HttpFailure, type HttpFailureKind } from './http-failure.ts';
import type { Waiter } from './resilience/waiter.ts';

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Gathers one answer from undici's dispatcher into a promise. That `onRequestStart` is called just
 * before the first byte is written is what lets a failure say for certain that nothing was sent.
 */
export class AnswerReader implements Dispatcher.DispatchHandler, Listener {
  readonly #waiter: Waiter;
  readonly #maxBodyBytes: number;
  readonly #timer: NodeJS.Timeout;
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (failure: HttpFailure) => void;
  readonly #began = performance.now();
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #controller: Dispatcher.DispatchController | undefined;
  #done = false;

  constructor(
    waiter: Waiter,
    { maxBodyBytes, readDeadline }: { maxBodyBytes: number; readDeadline: number },
    resolve: (answer: HttpAnswer) => void,
    reject: (failure: HttpFailure) => void,
  ) {
    this.#waiter = waiter;
    this.#maxBodyBytes = maxBodyBytes;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#giveUp(this.#controller ? 'timeout' : 'unreachable'), readDeadline);
    waiter.signal.addEventListener('abort', this, { once: true });
  }

  /** The waiter gives up. */
  handleEvent(): void {
    this.#giveUp('aborted', this.#waiter.signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#done || this.#controller !== undefined) {
      controller.abort(new Error('given up while waiting for a connection, or written once already'));
      return;
    }
    this.#controller = controller;
    this.#waiter.onSend?.();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBodyBytes) this.#giveUp('too-large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    if (!isUtf8(body)) this.#giveUp('unreadable');
    else if (this.#settle()) {
      this.#resolve({ status: this.#status, headers: this.#headers, text: body.toString() });
    }
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#giveUp(this.#kindOf(error), error);
  }

  #kindOf(error: Error): HttpFailureKind {
    if (this.#controller === undefined) return isRefusedByUndici(error) ? 'unwritable' : 'unreachable';
    if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
      return 'timeout';
    }
    if (error instanceof errors.HeadersOverflowError) return 'too-large';
    // The parser also complains of chunks that end with the connection: they are not whole.
    const isParserError = error instanceof errors.HTTPParserError && !error.message.includes('EOF');
    return isParserError ? 'unreadable' : 'broken';
  }

  #giveUp(kind: HttpFailureKind, cause?: unknown): void {
    if (!this.#settle()) return;
    this.#reject(new HttpFailure(kind, this.#controller !== undefined, cause));
    this.#controller?.abort(new Error(kind));
  }

  /** True the first time: an answer is given once. */
  #settle(): boolean {
    if (this.#done) return false;
    this.#done = true;
    clearTimeout(this.#timer);
    this.#waiter.signal.removeEventListener('abort', this);
    this.#waiter.milliseconds += performance.now() - this.#began;
    return true;
  }
}

/** Not one byte is written of a request that undici finds malformed. */
function isRefusedByUndici(error: Error): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
}
