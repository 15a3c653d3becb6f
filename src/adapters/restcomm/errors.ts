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

const faults = {
  stalled: 'gives a list that cannot be read any further',
  'ignores-page': 'gives the same calls whichever page of its list is requested',
  'ignores-page-size': 'gives fewer calls on a page of its list than it says',
};

/** The server breaks its list in a way that no further request repairs. */
export function brokenList({ name }: Account, fault: keyof typeof faults): ProviderError {
  return new ProviderError('PROVIDER_MISBEHAVED', `${name} ${faults[fault]}.`);
}
