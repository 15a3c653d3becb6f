import type { Account } from '../../../calls/account.ts';
import type { Limits } from '../../../calls/calls-adapter.ts';
import type { HttpResponse } from '../../../upstream/response-reader.ts';
import type { Authorization } from './authorization.ts';
import { toPathSegment } from './path-segment.ts';
import { notFound } from './provider-errors.ts';
import type { Refusals, RequestKind } from './verdicts.ts';

/** What a provider says of its API, for one account. */
export interface CallsApiOptions extends Refusals {
  readonly account: Account;
  readonly baseUrl: string;
  readonly limits: Limits;
  readonly authorization: Authorization;
  /** Below the base URL, without a slash at the end. The only id in it is `account.providerAccountId`. */
  readonly callsPath: string;
  /** What follows every path, such as `.json`. */
  readonly suffix?: string;
  /** The media type of answers. */
  readonly accept: string;
}

/** A GET of the list, or of the one call that `id` names. */
export interface Read {
  readonly kind: 'get' | 'list';
  readonly id?: string;
  /** Percent-encoded, with its `?`. */
  readonly query?: string;
  /** The server may fail for what is asked, whatever its health. */
  readonly isDoubtful?: boolean;
}

/** A POST or PUT to the list, or to the one call that `id` names. */
export interface Write {
  readonly kind: Exclude<RequestKind, Read['kind']>;
  readonly method?: 'POST' | 'PUT';
  readonly id?: string;
  /** What follows the id in the path. */
  readonly below?: string;
  readonly type: string;
  readonly body: string;
  /** The one status that means success; any 2xx when absent. */
  readonly expected?: number;
}

/** What a response is read as. Throws when it is not what was requested. */
export type ReadAnswer<T> = (answer: HttpResponse) => T;

/**
 * The path of a request below the base URL with its query; and as `template`, for metrics and traces, without the query
 * and with names in place of ids.
 *
 * @throws ProviderError NOT_FOUND for an id that no call can have
 */
export function toTarget(request: Read | Write, { account, callsPath, suffix = '' }: CallsApiOptions) {
  const { id, below = '', query = '' }: { id?: string; below?: string; query?: string } = request;
  const { providerAccountId: ownId } = account;
  const root = ownId === null ? callsPath : callsPath.replace(ownId, '{accountId}');
  if (id === undefined) return { path: callsPath + suffix + query, template: root + suffix };
  const segment = toPathSegment(id);
  if (segment === undefined) throw notFound(account);
  const end = below + suffix;
  return { path: `${callsPath}/${segment}${end}${query}`, template: `${root}/{callId}${end}` };
}
