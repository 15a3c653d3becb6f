import type { Account } from '../../../calls/account.ts';
import { type FailureOptions, ProviderError } from '../../../calls/failure.ts';
import { HttpFailure } from '../../../upstream/http-failure.ts';

type Code = ProviderError['code'];

const shut = 'it has failed too often, or too much is waiting for it';

/**
 * A request without a whole answer, in the port's words. What a read did not bring is the provider's
 * being away; a write that may have left this process may have been done, so it is never more certain
 * than OUTCOME_UNKNOWN.
 */
export function toProviderError(failure: unknown, account: Account, kind: 'read' | 'write'): ProviderError {
  if (failure instanceof ProviderError) return failure;
  if (kind === 'read') return toReadFailure(failure, account);
  const isUnsent = failure instanceof HttpFailure && !failure.sent;
  return isUnsent ? toUnsentError(failure, account) : outcomeUnknown(account, { cause: failure });
}

/**
 * A write that was certainly not sent: an HttpFailure that says so, or whatever went wrong before it was handed
 * to the HTTP client, be it a mistake of ours.
 */
export function toUnsentError(failure: unknown, account: Account): ProviderError {
  if (failure instanceof ProviderError) return failure;
  const kind = failure instanceof HttpFailure ? failure.kind : 'unwritable';
  const cause = failure;
  switch (kind) {
    case 'timeout':
    case 'aborted':
      return notAsked(account, 'PROVIDER_TIMEOUT', 'there was no time left for it', { cause });
    case 'rate-limited': {
      const why = 'more calls wait to be placed than its calls per second allow';
      return notAsked(account, 'RATE_LIMITED', why, { cause, retryAfter: 5 });
    }
    case 'circuit-open':
    case 'queue-full':
      return notAsked(account, 'PROVIDER_UNAVAILABLE', shut, { cause, retryAfter: retryAfterOf(failure) });
    case 'unwritable':
      return notAsked(account, 'PROVIDER_UNAVAILABLE', 'the request cannot be written', { cause });
    default:
      return notAsked(account, 'PROVIDER_UNAVAILABLE', 'it cannot be reached', { cause });
  }
}

/** What is told of whatever was not sent: it may be asked for again. */
export function notAsked(account: Account, code: Code, why: string, options: FailureOptions): ProviderError {
  return new ProviderError(code, `${account.name} was not asked, so nothing was done: ${why}.`, options);
}

/** Sent once, no answer to trust: it may or may not have happened. */
export function outcomeUnknown(
  account: Account,
  options: Pick<FailureOptions, 'cause' | 'providerErrorId'> = {},
): ProviderError {
  return new ProviderError(
    'OUTCOME_UNKNOWN',
    `${account.name} was asked once and gave no clear answer: it may or may not have been done. ` +
      'Look for it among the newest calls before asking again.',
    options,
  );
}

function toReadFailure(failure: unknown, { name }: Account): ProviderError {
  const retryAfter = retryAfterOf(failure);
  const fail = (code: Code, words: string) =>
    new ProviderError(code, `${name} ${words}.`, { cause: failure, retryAfter });
  switch (failure instanceof HttpFailure ? failure.kind : 'unreadable') {
    case 'timeout':
    case 'aborted':
      return fail('PROVIDER_TIMEOUT', 'did not answer in time');
    case 'too-large':
    case 'unreadable':
      return fail('PROVIDER_MISBEHAVED', 'gave an answer that cannot be read');
    case 'circuit-open':
    case 'queue-full':
      return fail('PROVIDER_UNAVAILABLE', `is not asked for now: ${shut}`);
    case 'unwritable':
      return fail('PROVIDER_UNAVAILABLE', 'was not asked: the request cannot be written');
    default:
      return fail('PROVIDER_UNAVAILABLE', 'cannot be reached');
  }
}

/** Whole seconds, where the failure tells when it may be tried again. */
export function retryAfterOf(failure: unknown): number | undefined {
  return failure instanceof HttpFailure ? failure.retryAfter : undefined;
}
