import { OperationalError } from '../runtime/operational-error.ts';

/** Why there is no complete response. */
export type HttpFailureKind =
  /** No connection: refused, name not resolved, TLS failed, connect timeout, none free in time. */
  | 'unreachable'
  /** undici rejects the request as invalid HTTP, such as one with a line break in a header: a bug of ours. */
  | 'unwritable'
  /** The connection closed before the response was complete. */
  | 'broken'
  /** Headers or body took too long. */
  | 'timeout'
  /** The waiter's signal fired: its deadline passed or its client disconnected. */
  | 'aborted'
  /** Headers or body exceed the size limit. */
  | 'too-large'
  /** The body is not UTF-8, or the response is not HTTP. */
  | 'unreadable'
  /** Not attempted: the circuit breaker is open. */
  | 'circuit-open'
  /** Not attempted: too many requests wait for a free connection. */
  | 'queue-full'
  /** Not attempted: too many requests wait for their turn under the rate limit, or the turn did not come in time. */
  | 'rate-limited';

/** A request without a complete response. */
export class HttpFailure extends OperationalError {
  readonly kind: HttpFailureKind;
  /** False only if no byte of the request can have left this process: then it is safe to send again. */
  readonly sent: boolean;
  /** Whole seconds after which it may be tried again, where known. */
  readonly retryAfter: number | undefined;

  constructor(kind: HttpFailureKind, sent: boolean, cause?: unknown, retryAfter?: number) {
    super(`No response: ${kind}`, { cause });
    this.name = 'HttpFailure';
    this.kind = kind;
    this.sent = sent;
    this.retryAfter = retryAfter;
  }
}
