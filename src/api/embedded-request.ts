import type { DocumentNode } from 'graphql';
import type { Peer, RequestHeaders } from '../access/authenticate.ts';
import type { Grant } from '../access/caller.ts';

/**
 * Who sends an operation, as the application has authenticated it. Idempotency keys and the rate limit are kept by `id`,
 * and the log has it: it must tell callers apart, and be no token and no name of a person. `accounts` are keys of accounts,
 * and patterns of them such as `acme-*` and `*`. `may` is `['read']` or `['write']`, which includes reading.
 */
export interface EmbeddedCaller extends Grant {
  readonly id: string;
}

/** Tells who sends a request; undefined if nobody is known to. */
export type HostAuthenticate = (
  headers: RequestHeaders,
  peer: Peer,
) => EmbeddedCaller | undefined | Promise<EmbeddedCaller | undefined>;

/** For whom an operation is executed, and until when. */
export interface EmbeddedOrigin {
  readonly caller: EmbeddedCaller;
  /** Ends reads when it fires. A change that has been sent is completed and recorded all the same. */
  readonly signal?: AbortSignal | undefined;
  /** In the log and in `extensions.requestId` of errors. */
  readonly requestId?: string | undefined;
  /** Headers of the request, names in lower case: `traceparent`, and `x-calls-cost: 1` for `extensions.cost`. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
}

/** An operation: its text, its parsed document, or the id of a known operation. */
export interface EmbeddedRequest extends EmbeddedOrigin {
  readonly query?: string | undefined;
  readonly document?: DocumentNode | undefined;
  readonly documentId?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** The context value of one operation, for one's own executor. */
export interface EmbeddedContext {
  /** Clears the timer of its deadline. Without it the context is held until `limits.readDeadline` has passed. */
  end(): void;
}
