import type { Account } from '../../../calls/account.ts';
import type { Call } from '../../../calls/call.ts';
import type { ProviderError } from '../../../calls/failure.ts';

/** One request for rows of a list. Times are milliseconds since the epoch, inclusive. */
export interface TokenQuery {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** How many rows a page is to have. */
  readonly size: number;
  /** The `next` of the previous page. Valid only with the bounds and the size of that request. */
  readonly token?: string | undefined;
}

/** The rows of one answer, in the provider's order. */
export interface TokenPage {
  /** Each row as a call, with an empty `providerCallId` where it has none that can be used; undefined where it cannot be read at all. */
  readonly rows: readonly (Call | undefined)[];
  /** The token of the page that follows; undefined on the last page. See `isToken`. */
  readonly next: string | undefined;
  /** Whether a row is a call that has not started. One with a start that cannot be read is none. */
  readonly hasUnstarted: boolean;
}

/**
 * A list that is read by time bounds and continuation tokens, as the provider describes it. The bounds go by
 * `startedAt`, so they hide every call that has not started.
 *
 * All durations are milliseconds.
 */
export interface TokenSource {
  /** Whose list it is, for errors. */
  readonly account: Account;
  /** The order of the rows of a query. There is no way to ask for the other one. */
  readonly sorts: 'oldest-first' | 'newest-first';
  /** How far the time that the provider sorts by and `createdAt` may be apart for any two calls, in either direction. */
  readonly skew: number;
  /** How much `startedAt` may be before `createdAt` and after it, `skew` included. */
  readonly startsWithin: { readonly before: number; readonly after: number };
  /** The unit of time bounds. `read` widens those of a query to whole units. */
  readonly step: number;
  /** The most rows that a page may have. */
  readonly largestPage: number;
  /** How long a call stays in the list after it was created. A call that is older may still be in it. */
  readonly retention: number;
  /**
   * How long the rows of a page may be used for the next one of the same walk. Only a provider whose list lags behind
   * its calls allows it: reading again would show nothing newer. Nothing is kept without it.
   */
  readonly rowLifetime?: number | undefined;
  /**
   * Sends one request.
   *
   * @returns the error of an answer that cannot be read: the page is asked for once more, since a single one says
   *   nothing of the server
   * @throws ProviderError of any other failure
   */
  read(query: TokenQuery): Promise<TokenPage | ProviderError>;
}

/** Whether a text can be a token: characters that stand in a query as they are, and neither `&` nor `#`, which end it. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9\-._~%!$'()*+,=:@/]{1,4096}$/.test(text);
}

/**
 * The token in the query of a URI that an answer gave, exactly as it was sent. Nothing else is taken from the URI:
 * credentials never go to an address that an answer chose.
 *
 * @param names of the parameter, the first one present counts
 * @returns undefined without a URI; null for a URI without a token that can be used
 */
export function toToken(uri: string | undefined, names: readonly string[]): string | null | undefined {
  if (uri === undefined) return undefined;
  const parameters = (/\?([^#]*)/.exec(uri)?.[1] ?? '').split('&');
  for (const name of names) {
    const found = parameters.find((parameter) => parameter.startsWith(`${name}=`));
    if (found === undefined) continue;
    const token = found.slice(name.length + 1);
    return isToken(token) ? token : null;
  }
  return null;
}
