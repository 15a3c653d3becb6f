import { type Client, fetchExchange, mapExchange, subscriptionExchange, Client as UrqlClient } from 'urql';
import { createCache } from './cache.ts';
import { endpoint } from './endpoint.ts';
import type { EventStream } from './event-stream.ts';
import type { FreshCalls } from './fresh-calls.ts';
import type { Session } from './session.ts';

/** A client with an empty cache. */
export function createClient(session: Session, stream: EventStream, fresh: FreshCalls): Client {
  return new UrqlClient({
    url: endpoint,
    preferGetMethod: false,
    fetchOptions: () => ({ headers: session.headers }),
    exchanges: [
      mapExchange({
        onError({ response, graphQLErrors }) {
          const isRefused = graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED');
          if (isRefused || response?.status === 401) session.refuse();
        },
      }),
      createCache(fresh),
      subscriptionExchange({ forwardSubscription: stream.forward }),
      fetchExchange,
    ],
  });
}
