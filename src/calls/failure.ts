import type { ErrorCode } from '../generated/schema.ts';
import { OperationalError } from '../runtime/operational-error.ts';

export interface FailureOptions {
  /** Path into the arguments, e.g. `['input', 'to']`. */
  readonly field?: readonly string[] | undefined;
  /** Whole seconds to wait before asking again. */
  readonly retryAfter?: number | undefined;
  /** The provider's own id of the error, to quote to its support. An id alone: see `toProviderErrorId`. */
  readonly providerErrorId?: string | undefined;
  /** For the log only; never shown to a client. */
  readonly cause?: unknown;
}

/**
 * Why something asked for was not done: one closed family, told apart by `code`. The message is in
 * our own words and fit for a client: no URL, header, body or credential of a provider's is in it.
 */
export abstract class Failure extends OperationalError {
  readonly code: ErrorCode;
  readonly field: readonly string[] | undefined;
  readonly retryAfter: number | undefined;
  readonly providerErrorId: string | undefined;

  constructor(code: ErrorCode, message: string, options: FailureOptions = {}) {
    const { field, retryAfter, providerErrorId, cause } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
    this.providerErrorId = providerErrorId;
  }
}

/** Our own "no", said before anything was sent. */
export class Refusal extends Failure {}

/** What a provider answered, or failed to: the only thing that a `CallsAdapter` rejects with. */
export class ProviderError extends Failure {}

/** An account that fails leaves the rest of a list; what we refuse, or fail at, fails the whole list. */
export function isProviderError(reason: unknown): reason is ProviderError {
  return reason instanceof ProviderError;
}

/** Whether the same request may succeed later: the provider did not refuse the request itself. */
export function mayRecover({ code }: Failure): boolean {
  return code !== 'INVALID_INPUT' && code !== 'UNSUPPORTED_BY_PROVIDER';
}
