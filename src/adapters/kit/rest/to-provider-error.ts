import type { Account } from '../../../calls/account.ts';
import { ProviderError } from '../../../calls/failure.ts';
import { HttpFailure, type HttpFailureKind } from '../../../upstream/http-failure.ts';
import { notAsked, outcomeUnknown } from './provider-errors.ts';

interface Meaning {
  readonly code: ProviderError['code'];
  /** What is said where the request may have been sent; follows the name of whoever was asked. */
  readonly sent: string;
  /** What is said where it certainly was not. */
  readonly unsent: string;
  /** Seconds, where the failure itself does not tell. */
  readonly retryAfter?: number;
}

const late = { sent: 'did not answer in time', unsent: 'there was no time left for it' };
const away = { sent: 'cannot be reached', unsent: 'it cannot be reached' };
const garbled = { sent: 'gave an answer that cannot be read', unsent: 'it cannot be reached' };
const resting = 'it has failed too often';
const busy = 'too much is waiting for it';

/** What a request without a whole answer means, by the kind of the failure. */
const meanings: Readonly<Record<HttpFailureKind, Meaning>> = {
  timeout: { code: 'PROVIDER_TIMEOUT', ...late },
  aborted: { code: 'PROVIDER_TIMEOUT', ...late },
  'too-large': { code: 'PROVIDER_MISBEHAVED', ...garbled },
  unreadable: { code: 'PROVIDER_MISBEHAVED', ...garbled },
  unreachable: { code: 'PROVIDER_UNAVAILABLE', ...away },
  broken: { code: 'PROVIDER_UNAVAILABLE', ...away },
  'circuit-open': { code: 'PROVIDER_UNAVAILABLE', sent: `is not asked for now: ${resting}`, unsent: resting },
  'queue-full': { code: 'PROVIDER_UNAVAILABLE', sent: `is not asked for now: ${busy}`, unsent: busy },
  unwritable: {
    code: 'PROVIDER_UNAVAILABLE',
    sent: 'was not asked: the request cannot be written',
    unsent: 'the request cannot be written',
  },
  'rate-limited': {
    code: 'RATE_LIMITED',
    sent: 'cannot be reached',
    unsent: 'more calls wait to be placed than its calls per second allow',
    retryAfter: 5,
  },
};

/**
 * A request without a whole answer, as the port tells it. For a read the provider is unavailable. A write that may
 * have left this process may have been done, so it is never more certain than OUTCOME_UNKNOWN.
 */
export function toProviderError(failure: unknown, account: Account, kind: 'read' | 'write'): ProviderError {
  if (failure instanceof ProviderError) return failure;
  if (kind === 'read') {
    const { code, sent } = meaningOf(failure, 'unreadable');
    return new ProviderError(code, `${account.name} ${sent}.`, { cause: failure, ...waitOf(failure) });
  }
  const isUnsent = failure instanceof HttpFailure && !failure.sent;
  return isUnsent ? toUnsentError(failure, account) : outcomeUnknown(account, { cause: failure });
}

/**
 * A write that was certainly not sent: an HttpFailure that says so, or any error from before it was handed to the
 * HTTP client, including a bug of this process.
 */
export function toUnsentError(failure: unknown, account: Account): ProviderError {
  if (failure instanceof ProviderError) return failure;
  const { code, unsent, retryAfter } = meaningOf(failure, 'unwritable');
  return notAsked(account, code, unsent, { retryAfter, cause: failure, ...waitOf(failure) });
}

/** The token endpoint gave no whole answer. What needed the token was not sent: even a write may be repeated. */
export function toTokenFailure(failure: unknown, account: Account): ProviderError {
  const { code, sent } = meaningOf(failure, 'unreadable');
  return notAsked(account, code, `its token endpoint ${sent}`, { cause: failure, ...waitOf(failure) });
}

/** @param fallback the kind that any other error counts as */
function meaningOf(failure: unknown, fallback: HttpFailureKind): Meaning {
  return meanings[failure instanceof HttpFailure ? failure.kind : fallback];
}

/** Whole seconds until it may be tried again, where the failure tells. */
function waitOf(failure: unknown): { readonly retryAfter?: number } {
  const seconds = failure instanceof HttpFailure ? failure.retryAfter : undefined;
  return seconds === undefined ? {} : { retryAfter: seconds };
}
