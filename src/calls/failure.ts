import type { ErrorCode } from '../generated/schema.ts';
import { OperationalError } from '../runtime/operational-error.ts';

/** What a failure tells besides its code and message. */
export interface FailureOptions {
  /** The path of the argument at fault, e.g. `['input', 'to']`. */
  readonly field?: readonly string[] | undefined;
  /** Whole seconds to wait before trying again. */
  readonly retryAfter?: number | undefined;
  /** The provider's own id of the error, to quote to its support: see `toProviderErrorId`. */
  readonly providerErrorId?: string | undefined;
  /** For the log only; never shown to a client. */
  readonly cause?: unknown;
}

/**
 * Why a request was not carried out. The two subclasses are the only ones; `code` tells the kinds apart. The message is
 * shown to clients, so it contains no URL, header, body or credential of a provider.
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

/** A refusal by this API, before anything was sent to a provider. */
export class Refusal extends Failure {}

/**
 * The refusal of an argument.
 *
 * @param what goes on from its path: `must not be empty`
 */
export function invalidInput(field: readonly string[], what: string): Refusal {
  return new Refusal('INVALID_INPUT', `\`${field.join('.')}\` ${what}.`, { field });
}

/**
 * A refusal or failure of a provider: the only error that a `CallsAdapter` rejects with. A list goes on with the other
 * accounts; any other error fails it.
 */
export class ProviderError extends Failure {}

/** Whether the same request may succeed later: the provider did not refuse the request itself. */
export function mayRecover({ code }: Failure): boolean {
  return code !== 'INVALID_INPUT' && code !== 'UNSUPPORTED_BY_PROVIDER';
}
