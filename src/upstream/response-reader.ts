import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, errors } from 'undici';
import type { Listener } from '../runtime/cancellation.ts';
import { HttpFailure, type HttpFailureKind } from './http-failure.ts';
import type { Waiter } from './waiter.ts';

/** A complete response, with any status. */
export interface HttpResponse {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** The body. */
  readonly text: string;
}

/**
 * Collects one response from undici's dispatcher and settles a promise with it. undici calls
 * `onRequestStart` just before it writes the first byte, so a failure before that call is certain not to have
 * been sent.
 */
export class ResponseReader implements Dispatcher.DispatchHandler, Listener {
  readonly #waiter: Waiter;
  readonly #maxBodyBytes: number;
  readonly #timer: NodeJS.Timeout;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (failure: HttpFailure) => void;
  readonly #startedAt = performance.now();
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;

  /**
   * @param limits `maxBodyBytes` of the body as received; `readDeadline` milliseconds from now to its last byte
   * @param resolve settles the promise, as does `reject`
   */
  constructor(
    waiter: Waiter,
    limits: { maxBodyBytes: number; readDeadline: number },
    resolve: (response: HttpResponse) => void,
    reject: (failure: HttpFailure) => void,
  ) {
    this.#waiter = waiter;
    this.#maxBodyBytes = limits.maxBodyBytes;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(
      () => this.#fail(this.#controller ? 'timeout' : 'unreachable'),
      limits.readDeadline,
    );
    waiter.signal.addEventListener('abort', this, { once: true });
  }

  /** The waiter's signal fires. */
  handleEvent(): void {
    this.#fail('aborted', this.#waiter.signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled || this.#controller !== undefined) {
      controller.abort(new Error('settled before the request was written, or already written once'));
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
    if (this.#bytes > this.#maxBodyBytes) this.#fail('too-large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    if (!isUtf8(body)) this.#fail('unreadable');
    else if (this.#settle()) {
      this.#resolve({ status: this.#status, headers: this.#headers, text: body.toString() });
    }
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#fail(this.#kindOf(error), error);
  }

  #kindOf(error: Error): HttpFailureKind {
    if (this.#controller === undefined) return isInvalidRequest(error) ? 'unwritable' : 'unreachable';
    if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
      return 'timeout';
    }
    if (error instanceof errors.HeadersOverflowError) return 'too-large';
    // A chunked body cut off by the end of the connection is a parser error, too, but means `broken`.
    const isParserError = error instanceof errors.HTTPParserError && !error.message.includes('EOF');
    return isParserError ? 'unreadable' : 'broken';
  }

  #fail(kind: HttpFailureKind, cause?: unknown): void {
    if (!this.#settle()) return;
    this.#reject(new HttpFailure(kind, this.#controller !== undefined, cause));
    this.#controller?.abort(new Error(kind));
  }

  /** True the first time only: the promise is settled once. */
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#waiter.signal.removeEventListener('abort', this);
    this.#waiter.milliseconds += performance.now() - this.#startedAt;
    return true;
  }
}

/** undici validates a request before it writes any of it. */
function isInvalidRequest(error: Error): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
}
