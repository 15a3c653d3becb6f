import type { Account } from '../../calls/account.ts';
import type { ProviderError } from '../../calls/failure.ts';
import { HttpFailure } from '../../upstream/http-failure.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { notAsked, retryAfterOf } from '../kit/rest/to-provider-error.ts';
import { capRetryAfter } from './errors.ts';

const unreadable = 'its token endpoint gave an answer that cannot be read';

/** The token endpoint gave no whole answer. What needed the token was not sent: a write may be repeated. */
export function toTokenFailure(failure: unknown, account: Account): ProviderError {
  const cause = failure;
  const kind = failure instanceof HttpFailure ? failure.kind : 'unreadable';
  switch (kind) {
    case 'timeout':
    case 'aborted':
      return notAsked(account, 'PROVIDER_TIMEOUT', 'its token endpoint did not answer in time', { cause });
    case 'unreachable':
    case 'unwritable':
    case 'broken':
    case 'circuit-open':
    case 'queue-full':
    case 'rate-limited':
      return notAsked(account, 'PROVIDER_UNAVAILABLE', 'its token endpoint cannot be reached', {
        cause,
        retryAfter: retryAfterOf(failure),
      });
    default:
      return notAsked(account, 'PROVIDER_MISBEHAVED', unreadable, { cause });
  }
}

/** The same where the token endpoint answered, and not with a token (RFC 6749, section 5.2: 400 or 401). */
export function toTokenRefusal({ status, headers }: HttpResponse, account: Account): ProviderError {
  const cause = `token endpoint answered ${status}`;
  const retryAfter = capRetryAfter(headers['retry-after']);
  if (status === 400 || status === 401) {
    const why = 'its token endpoint refuses the client id and secret';
    return notAsked(account, 'PROVIDER_UNAUTHENTICATED', why, { cause });
  }
  if (status === 403) {
    return notAsked(account, 'PROVIDER_FORBIDDEN', 'its token endpoint does not grant access', { cause });
  }
  if (status === 429) {
    const why = 'its token endpoint is asked too often';
    return notAsked(account, 'RATE_LIMITED', why, { cause, retryAfter });
  }
  if (status >= 500) {
    const why = 'its token endpoint is out of order';
    return notAsked(account, 'PROVIDER_UNAVAILABLE', why, { cause, retryAfter });
  }
  return notAsked(account, 'PROVIDER_MISBEHAVED', unreadable, { cause });
}
