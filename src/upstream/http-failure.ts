import { ForeseenError } from '../runtime/foreseen-error.ts';

/** Why there is no whole answer. */
export type HttpFailureKind =
  /** No connection: refused, unknown name, TLS refused, connect timeout, no free connection in time. */
  | 'unreachable'
  /** It is no request that HTTP can carry, such as one with a line break in a header: a mistake of ours. */
  | 'unwritable'
  /** The connection broke before the answer was whole. */
  | 'broken'
  /** Headers or body took too long. */
  | 'timeout'
  /** The operation's signal fired: its deadline passed or its client left. */
  | 'aborted'
  /** The body, or the head, is over the limit. */
  | 'too-large'
  /** The body is not UTF-8, or the answer is not HTTP. */
  | 'unreadable'
  /** Not even tried: the breaker is open, or too many requests are waiting already. */
  | 'shut'
  /** Not even tried: too many calls are waiting to be placed, or this one's turn did not come in time. */
  | 'crowded';

/**
 * A request without a whole answer. `sent` is the fact that decides whether it may be made again: it
 * is false only when not one byte of it can have left this process.
 */
export class HttpFailure extends ForeseenError {
  readonly kind: HttpFailureKind;
  readonly sent: boolean;
  /** Whole seconds after which it may be tried again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(kind: HttpFailureKind, sent: boolean, cause?: unknown, retryAfter?: number) {
    super(`No answer: ${kind}`, { cause });
    this.name = 'HttpFailure';
    this.kind = kind;
    this.sent = sent;
    this.retryAfter = retryAfter;
  }
}
