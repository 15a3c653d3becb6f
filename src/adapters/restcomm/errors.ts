import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import type { CallsApi } from '../kit/rest/calls-api.ts';

/** The server has failed at this very request (500); it may do better at another. */
export class ServerFault extends ProviderError {}

/** What an answer to a list means that is no page of it. */
export function toListError(api: CallsApi, answer: HttpResponse): ProviderError {
  const error = api.toError({ kind: 'list' }, answer);
  return answer.status === 500 ? new ServerFault(error.code, error.message, error) : error;
}

/** Everything that may be spent on a page of a list has been, and nothing learnt from it. */
export function noHeadway(account: Account): ProviderError {
  return new ProviderError('PROVIDER_MISBEHAVED', `The list of ${account.name} cannot be read any further.`);
}

/** The server gives the first page of a list whichever is asked for: the others cannot be had. */
export function ignoresPage(account: Account): ProviderError {
  return new ProviderError(
    'PROVIDER_MISBEHAVED',
    `${account.name} gives the same calls whichever page of its list is asked for.`,
  );
}

/** The server gives fewer rows than asked for, so that there is no telling where a list ends. */
export function ignoresPageSize(account: Account): ProviderError {
  return new ProviderError(
    'PROVIDER_MISBEHAVED',
    `${account.name} gives fewer calls on a page of its list than it says.`,
  );
}
