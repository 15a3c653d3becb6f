import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { HttpAnswer } from '../../http/answer-reader.ts';
import { HttpFailure } from '../../http/http-failure.ts';
import { capRetryAfter } from './errors.ts';

type Code = ProviderError['code'];

const unreadable = 'its token endpoint gave an answer that cannot be read';

/** Why there is no token. All say that the request which needed it was not sent: a write may be repeated. */
function toFailure(
  account: Account,
  code: Code,
  why: string,
  cause: unknown,
  retryAfter?: number,
): ProviderError {
  return new ProviderError(code, `${account.name} was not asked, so nothing was done: ${why}.`, {
    cause,
    retryAfter,
  });
}

/** The token endpoint gave no whole answer. */
export function toTokenFailure(failure: unknown, account: Account): ProviderError {
  const kind = failure instanceof HttpFailure ? failure.kind : 'unreadable';
  switch (kind) {
    case 'timeout':
    case 'aborted':
      return toFailure(account, 'PROVIDER_TIMEOUT', 'its token endpoint did not answer in time', failure);
    case 'unreachable':
    case 'unwritable':
    case 'broken':
    case 'shut':
    case 'crowded':
      return toFailure(account, 'PROVIDER_UNAVAILABLE', 'its token endpoint cannot be reached', failure);
    default:
      return toFailure(account, 'PROVIDER_MISBEHAVED', unreadable, failure);
  }
}

/** The token endpoint answered, and not with a token (RFC 6749, section 5.2: 400 or 401). */
export function toTokenRefusal({ status, headers }: HttpAnswer, account: Account): ProviderError {
  const cause = `token endpoint answered ${status}`;
  if (status === 400 || status === 401) {
    const why = 'its token endpoint refuses the client id and secret';
    return toFailure(account, 'PROVIDER_UNAUTHENTICATED', why, cause);
  }
  if (status === 403) {
    return toFailure(account, 'PROVIDER_FORBIDDEN', 'its token endpoint does not grant access', cause);
  }
  if (status === 429) {
    const why = 'its token endpoint is asked too often';
    return toFailure(account, 'RATE_LIMITED', why, cause, capRetryAfter(headers['retry-after']));
  }
  if (status >= 500) {
    return toFailure(account, 'PROVIDER_UNAVAILABLE', 'its token endpoint is out of order', cause);
  }
  return toFailure(account, 'PROVIDER_MISBEHAVED', unreadable, cause);
}
