import { useMemo, useState } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import type { ListFilter } from './address.ts';
import { matches, toListArguments } from './call-filter.ts';
import type { CallsQuery } from './generated/graphql.ts';
import { graphql } from './generated/index.ts';

/** Calls of a page. With their accounts a page costs one point, and one for each account. */
const first = 50;

const CallsDocument = graphql(`
  query Calls($first: Int!, $after: String, $filter: CallFilter, $accountIds: [ID!]) {
    calls(first: $first, after: $after, filter: $filter, accountIds: $accountIds) {
      nodes {
        id
        from
        to
        direction
        status
        createdAt
        account {
          id
        }
        ...CallRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      unavailable {
        message
        retryAfter
        account {
          id
          name
        }
      }
      skipped {
        providerCallId
        reason
        account {
          id
          name
        }
      }
    }
  }
`);

type SkippedCall = CallsQuery['calls']['skipped'][number];

export type ListedCall = CallsQuery['calls']['nodes'][number];

export interface CallPages {
  /** All calls that have been read, newest first, with those that events have brought. */
  readonly calls: readonly ListedCall[];
  readonly unavailable: CallsQuery['calls']['unavailable'];
  /** The calls that have no position in the order, of all pages that have been read. */
  readonly skipped: readonly SkippedCall[];
  readonly isReading: boolean;
  /** False until the first page has come. */
  readonly isRead: boolean;
  readonly hasMore: boolean;
  /** Whether to wait for a person before the next page: the last one brought nothing, or lacks an account. */
  readonly isStuck: boolean;
  readonly error: CombinedError | undefined;
  readonly readMore: () => void;
}

/** The list of calls, page by page. It begins anew with another filter, and with another client. */
export function useCalls(filter: ListFilter, isPaused: boolean): CallPages {
  const client = useClient();
  const list = useMemo(() => toListArguments(filter), [filter]);
  const [place, setPlace] = useState<Place>({ client, list, after: undefined, had: -1 });
  const isSame = place.client === client && place.list === list;
  const after = isSame ? place.after : undefined;
  const variables = useMemo(() => ({ first, ...list, ...(after !== undefined && { after }) }), [list, after]);
  const [{ data, error, fetching, stale }, read] = useQuery({
    query: CallsDocument,
    variables,
    pause: isPaused,
  });
  const connection = data?.calls;
  // While a page of another filter is on its way, the calls at hand are those of the last one.
  const calls = (connection?.nodes ?? []).filter((call) => matches(call, list));
  const { hasNextPage = false, endCursor = null } = connection?.pageInfo ?? {};
  const unavailable = connection?.unavailable ?? [];
  const skipped = useSkipped(connection?.skipped, list);
  const readMore = () => {
    if (error || endCursor === null || endCursor === after) read({ requestPolicy: 'network-only' });
    else setPlace({ client, list, after: endCursor, had: calls.length });
  };
  return {
    calls,
    unavailable,
    skipped,
    isReading: isPaused || fetching || stale,
    isRead: connection !== undefined,
    hasMore: hasNextPage,
    isStuck: unavailable.length > 0 || error !== undefined || (isSame && place.had === calls.length),
    error,
    readMore,
  };
}

/** Each page tells of its own, and the cache has those of the last page only. */
function useSkipped(last: readonly SkippedCall[] | undefined, list: object): readonly SkippedCall[] {
  const all = useMemo(() => ({ list, calls: new Map<string, SkippedCall>() }), [list]);
  for (const call of last ?? []) {
    all.calls.set(`${call.account.id} ${call.providerCallId} ${call.reason}`, call);
  }
  return [...all.calls.values()];
}

interface Place {
  readonly client: ReturnType<typeof useClient>;
  readonly list: ReturnType<typeof toListArguments>;
  readonly after: string | undefined;
  /** How many calls there were before this page. */
  readonly had: number;
}
