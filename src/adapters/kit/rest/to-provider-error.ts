import type { Account } from '../../../calls/account.ts';
import { ProviderError } from '../../../calls/failure.ts';
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
 * What was under way when a request failed. `unsent` is a write not yet handed to the HTTP client: whatever went wrong,
 * a bug of this process included, it was not sent. `token` is a request to the token endpoint: what needed the token
 * was not sent, so even a write may be repeated.
 */
export type RequestStep = 'read' | 'write' | 'unsent' | 'token';

/**
 * A request without a whole answer, as the port tells it. For a read the provider is unavailable. A write that may
 * have left this process may have been done, so it is never more certain than OUTCOME_UNKNOWN.
 */
export function toProviderError(failure: unknown, account: Account, step: RequestStep): ProviderError {
  if (failure instanceof ProviderError) return failure;
  const http = failure instanceof HttpFailure ? failure : undefined;
  if (step === 'write' && http?.sent !== false) return outcomeUnknown(account, { cause: failure });
  const kind = http?.kind ?? (step === 'unsent' ? 'unwritable' : 'unreadable');
  const [code, sent, unsent] = meanings[kind];
  const retryAfter = http?.retryAfter ?? (kind === 'rate-limited' ? 5 : undefined);
  const options = { cause: failure, retryAfter };
  if (step === 'read') return new ProviderError(code, `${account.name} ${sent}.`, options);
  return notAsked(account, code, step === 'token' ? `its token endpoint ${sent}` : unsent, options);
}

function notTried(told: string, why: string): Meaning {
  return ['PROVIDER_UNAVAILABLE', `${told}: ${why}`, why];
}
