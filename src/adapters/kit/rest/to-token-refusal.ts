import type { Account } from '../../../calls/account.ts';
import type { ProviderError } from '../../../calls/failure.ts';
import type { HttpResponse } from '../../../upstream/response-reader.ts';
import { notAsked } from './provider-errors.ts';
import { toRetryAfter } from './verdicts.ts';

type Refusal = readonly [code: ProviderError['code'], why: string];

const refused: Refusal = ['PROVIDER_UNAUTHENTICATED', 'refuses the client id and secret'];
const failing: Refusal = ['PROVIDER_UNAVAILABLE', 'is out of order'];
const unreadable: Refusal = ['PROVIDER_MISBEHAVED', 'gave an answer that cannot be read'];

/** RFC 6749, section 5.2, has 400 and 401 for credentials that are refused. */
const refusals: ReadonlyMap<number, Refusal> = new Map([
  [400, refused],
  [401, refused],
  [403, ['PROVIDER_FORBIDDEN', 'does not grant access']],
  [429, ['RATE_LIMITED', 'is asked too often']],
]);

/** The token endpoint answered without a token. What needed the token was not sent. */
export function toTokenRefusal({ status, headers }: HttpResponse, account: Account): ProviderError {
  const [code, why] = refusals.get(status) ?? (status >= 500 ? failing : unreadable);
  return notAsked(account, code, `its token endpoint ${why}`, {
    cause: `token endpoint answered ${status}`,
    retryAfter: status === 429 || status >= 500 ? toRetryAfter(headers['retry-after']) : undefined,
  });
}
