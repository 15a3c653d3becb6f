import type { RequestHeaders } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { AccessRefusal, closed, rateLimited } from '../access/refusal.ts';
import type { CallsSource } from '../calls/calls-source.ts';
import { createOperation } from '../calls/create-operation.ts';
import type { Config } from '../config/config.ts';
import type { RateLimits } from '../cost/rate-limiter.ts';
import { type Context, createContext } from '../graphql/context.ts';
import type { GuardedContext, Guards } from '../graphql/guards/guards.ts';
import type { OperationObserver } from '../graphql/guards/log-operation.ts';
import type { Abortable } from '../runtime/cancellation.ts';
import type { Logger } from '../runtime/logger.ts';
import { toSpanContext } from '../telemetry/traceparent.ts';
import type { Tracer } from '../telemetry/tracer.ts';

export interface OpenerParts {
  readonly config: Config;
  readonly calls: CallsSource;
  readonly log: Logger;
  /** Undefined if rates are not limited. */
  readonly rateLimiter: RateLimits | undefined;
  /** Undefined if the package `@opentelemetry/api` is not installed. */
  readonly tracer?: Tracer | undefined;
  /** Undefined if nobody asks for metrics. */
  readonly observer?: RefusalObserver | undefined;
  guardsOf(context: Context): Guards;
}

interface RefusalObserver extends OperationObserver {
  /** A caller is refused before its operation is read. */
  refused(code: string): void;
}

/** For whom an operation is executed, and what it is known by. */
export interface OperationOrigin {
  readonly requestId?: string | undefined;
  /** Of the request, for `traceparent` and `X-Calls-Cost`. */
  readonly headers?: RequestHeaders | undefined;
  /** Fires when nobody waits for the result any more. */
  readonly client?: Abortable | undefined;
}

/** An operation that is about to be executed. */
export interface OpenedOperation {
  readonly context: GuardedContext;
  /** Call it once the client has its result. */
  end(): void;
}

const noHeaders: RequestHeaders = {};

/** Creates the contexts of operations, and refuses callers before their operations are read. */
export class OperationOpener {
  readonly #parts: OpenerParts;
  #isClosed = false;

  constructor(parts: OpenerParts) {
    this.#parts = parts;
  }

  /**
   * Creates the context of one operation.
   *
   * @throws AccessRefusal RATE_LIMITED if the caller has spent its points, UNAVAILABLE after `close`
   */
  open(caller: Caller, { requestId, headers = noHeaders, client }: OperationOrigin): OpenedOperation {
    const { config, rateLimiter, tracer, guardsOf } = this.#parts;
    if (this.#isClosed) throw this.refuse(closed(), requestId, caller.id);
    const wait = rateLimiter?.waitFor(caller.id) ?? 0;
    if (wait > 0) throw this.refuse(rateLimited(wait), requestId, caller.id);
    const span = tracer?.startOperation(headers);
    const ids = { requestId, traceId: span?.traceId ?? toSpanContext(headers.traceparent)?.traceId, span };
    const { calls, release } = this.#parts.calls.take();
    const operation = createOperation(config.limits.readDeadline, client, ids, release);
    const context = createContext(calls, operation, caller, headers['x-calls-cost'] === '1');
    return { context: { ...context, guards: guardsOf(context) }, end: () => operation.end() };
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Refuses all operations from now on. */
  close(): void {
    this.#isClosed = true;
  }

  /** Logs and returns the error for which a request is refused before it is read. It costs no points. */
  refuse(error: unknown, requestId: string | undefined, caller?: string): unknown {
    if (!(error instanceof AccessRefusal)) return error;
    const { code } = error.extensions;
    const { status, originalError: err } = error;
    this.#parts.log.warn({ requestId, caller, code, status, err }, 'refused');
    error.extensions.requestId = requestId;
    this.#parts.observer?.refused(String(code));
    return error;
  }
}
