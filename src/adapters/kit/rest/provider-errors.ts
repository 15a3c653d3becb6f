import type { Account } from '../../../calls/account.ts';
import { type FailureOptions, ProviderError } from '../../../calls/failure.ts';

type Code = ProviderError['code'];

/** A request that certainly was not sent: it may be made again. */
export function notAsked(account: Account, code: Code, why: string, options: FailureOptions): ProviderError {
  return new ProviderError(code, `${account.name} was not asked, so nothing was done: ${why}.`, options);
}

/** A write that was sent once and has no answer to rely on: it may or may not have happened. */
export function outcomeUnknown(account: Account, options: FailureOptions = {}): ProviderError {
  return new ProviderError(
    'OUTCOME_UNKNOWN',
    `${account.name} was asked once and gave no clear answer: it may or may not have been done. ` +
      'Look for it among the newest calls before asking again.',
    options,
  );
}

/** An answer to a read that no documentation describes. @param how for the client; by default it cannot be read */
export function misbehaved(
  { name }: Account,
  options: FailureOptions = {},
  how = 'gave an answer that cannot be read',
): ProviderError {
  return new ProviderError('PROVIDER_MISBEHAVED', `${name} ${how}.`, options);
}

/** No call has this id, or none can have it. */
export function notFound(account: Account): ProviderError {
  return new ProviderError('NOT_FOUND', `${account.name} has no such call, or no longer keeps it.`);
}

/** The provider has no such operation; nothing is sent. @param what after "cannot" */
export function unsupported(account: Account, what: string): ProviderError {
  return new ProviderError('UNSUPPORTED_BY_PROVIDER', `${account.name} cannot ${what}.`);
}
