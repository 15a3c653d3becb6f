import type { Account } from '../../../calls/account.ts';
import { type FailureOptions, ProviderError } from '../../../calls/failure.ts';
import { HttpFailure, type HttpFailureKind } from '../../../upstream/http-failure.ts';
import { notAsked, outcomeUnknown } from './provider-errors.ts';

/**
 * What is said where the request may have been sent follows the name of whoever was asked; what is said where it
 * certainly was not is a reason.
 */
type Meaning = readonly [code: ProviderError['code'], sent: string, unsent: string];

const late: Meaning = ['PROVIDER_TIMEOUT', 'did not answer in time', 'there was no time left for it'];
const away: Meaning = ['PROVIDER_UNAVAILABLE', 'cannot be reached', 'it cannot be reached'];
const garbled: Meaning = [
  'PROVIDER_MISBEHAVED',
  'gave an answer that cannot be read',
  'it cannot be reached',
];
const tooManyCreates = 'more calls wait to be placed than its calls per second allow';

/** What a request without a whole answer means, by the kind of the failure. */
const meanings: Readonly<Record<HttpFailureKind, Meaning>> = {
  timeout: late,
  aborted: late,
  'too-large': garbled,
  unreadable: garbled,
  unreachable: away,
  broken: away,
  'circuit-open': notTried('is not asked for now', 'it has failed too often'),
  'queue-full': notTried('is not asked for now', 'too much is waiting for it'),
  unwritable: notTried('was not asked', 'the request cannot be written'),
  'rate-limited': ['RATE_LIMITED', 'cannot be reached', tooManyCreates],
};

/**
 * A request without a whole answer, as the port tells it. For a read the provider is unavailable. A write that may
 * have left this process may have been done, so it is never more certain than OUTCOME_UNKNOWN.
 */
export function toProviderError(failure: unknown, account: Account, kind: 'read' | 'write'): ProviderError {
  if (failure instanceof ProviderError) return failure;
  if (kind === 'read') {
    const [code, sent] = meaningOf(failure, 'unreadable');
    return new ProviderError(code, `${account.name} ${sent}.`, toOptions(failure));
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
  const [code, , unsent] = meaningOf(failure, 'unwritable');
  return notAsked(account, code, unsent, toOptions(failure));
}

/** The token endpoint gave no whole answer. What needed the token was not sent: even a write may be repeated. */
export function toTokenFailure(failure: unknown, account: Account): ProviderError {
  const [code, sent] = meaningOf(failure, 'unreadable');
  return notAsked(account, code, `its token endpoint ${sent}`, toOptions(failure));
}

/** @param fallback the kind that any other error counts as */
function meaningOf(failure: unknown, fallback: HttpFailureKind): Meaning {
  return meanings[failure instanceof HttpFailure ? failure.kind : fallback];
}

/** With the seconds to wait, by the failure itself or by its kind. */
function toOptions(failure: unknown): FailureOptions {
  if (!(failure instanceof HttpFailure)) return { cause: failure };
  const { kind, retryAfter = kind === 'rate-limited' ? 5 : undefined } = failure;
  return { cause: failure, retryAfter };
}

function notTried(told: string, why: string): Meaning {
  return ['PROVIDER_UNAVAILABLE', `${told}: ${why}`, why];
}
