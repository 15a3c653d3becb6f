import type { Account } from '../calls/account.ts';
import { ProviderError } from '../calls/failure.ts';
import { HttpFailure } from '../http/http-failure.ts';

/**
 * A request without a whole answer, in the port's words. What a read did not bring is the provider's
 * being away; a write that may have left this process may have been done, so it is never more certain
 * than OUTCOME_UNKNOWN.
 */
export function toProviderError(failure: unknown, account: Account, kind: 'read' | 'write'): ProviderError {
  if (failure instanceof ProviderError) return failure;
  if (kind === 'write' && !(failure instanceof HttpFailure && !failure.sent)) {
    return outcomeUnknown(account, failure);
  }
  if (!(failure instanceof HttpFailure)) {
    return new ProviderError('PROVIDER_MISBEHAVED', `${account.name} gave an answer that cannot be read.`, {
      cause: failure,
    });
  }
  const options = { cause: failure };
  switch (failure.kind) {
    case 'timeout':
    case 'aborted':
      return new ProviderError('PROVIDER_TIMEOUT', `${account.name} did not answer in time.`, options);
    case 'too-large':
    case 'unreadable':
      return new ProviderError(
        'PROVIDER_MISBEHAVED',
        `${account.name} gave an answer that cannot be read.`,
        options,
      );
    case 'crowded':
      return new ProviderError(
        'RATE_LIMITED',
        `${account.name} has as many calls waiting to be placed as its calls per second allow.`,
        { cause: failure, retryAfter: 5 },
      );
    case 'shut':
      return new ProviderError(
        'PROVIDER_UNAVAILABLE',
        `${account.name} is not asked for now: it has failed too often, or too much is waiting for it.`,
        options,
      );
    case 'unwritable':
      return new ProviderError(
        'PROVIDER_UNAVAILABLE',
        `${account.name} was not asked: the request cannot be written.`,
        options,
      );
    default:
      return new ProviderError('PROVIDER_UNAVAILABLE', `${account.name} cannot be reached.`, options);
  }
}

/**
 * What went wrong before a write was handed to the HTTP client, be it a mistake of ours: it was certainly not
 * sent.
 */
export function toUnsentError(failure: unknown, account: Account): ProviderError {
  if (failure instanceof ProviderError) return failure;
  const kind = failure instanceof HttpFailure ? failure.kind : 'unwritable';
  return toProviderError(new HttpFailure(kind, false, failure), account, 'write');
}

/** Sent once, no answer to trust: it may or may not have happened. */
export function outcomeUnknown(account: Account, cause?: unknown): ProviderError {
  return new ProviderError(
    'OUTCOME_UNKNOWN',
    `${account.name} was asked once and gave no clear answer: it may or may not have been done. ` +
      'Look for it among the newest calls before asking again.',
    { cause },
  );
}
