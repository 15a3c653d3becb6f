import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { fetchExchange, subscriptionExchange, Client as UrqlClient } from '@urql/core';
import { createClient, type ExecutionResult } from 'graphql-sse';
import { Environment, Network, Observable, RecordSource, Store } from 'relay-runtime';
import { EventSource } from 'undici';

/** The events of one subscription: each with the cursor to go on from. */
export interface Event {
  readonly callEvents: {
    readonly cursor: string;
    readonly kind: string;
    readonly call: { readonly id: string } | null;
  };
}

export const query = `subscription Follow($after: String) {
  callEvents(after: $after) { cursor kind call { id status } }
}`;

/**
 * The loop that resumes: subscribes again behind the last event whenever the connection is lost, until `signal` fires.
 * `retryAttempts: 0`, because the client by itself would repeat the variables of the beginning.
 */
export async function* follow(
  url: string,
  signal: AbortSignal,
  text = query,
): AsyncGenerator<ExecutionResult<Event>> {
  const client = createClient({ url, retryAttempts: 0 });
  signal.addEventListener('abort', () => client.dispose());
  for (let after: string | undefined; !signal.aborted; ) {
    try {
      for await (const result of client.iterate<Event>({ query: text, variables: { after } })) {
        after = result.data?.callEvents.cursor ?? after;
        yield result as ExecutionResult<Event>;
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** urql, and Relay below, over the same loop. `fetchSubscriptions: true` alone reads the stream, but does not resume. */
export function createUrqlClient(url: string, signal: AbortSignal): UrqlClient {
  const forwardSubscription = () => ({
    subscribe: (sink: {
      next(result: ExecutionResult<Event>): void;
      error(error: unknown): void;
      complete(): void;
    }) => {
      void forEach(follow(url, signal), sink.next.bind(sink)).then(sink.complete, sink.error);
      return { unsubscribe: () => undefined };
    },
  });
  const exchanges = [
    subscriptionExchange({ forwardSubscription: forwardSubscription as never }),
    fetchExchange,
  ];
  return new UrqlClient({ url, preferGetMethod: false, exchanges });
}

export function createRelayEnvironment(url: string, signal: AbortSignal): Environment {
  const subscribe = ({ text }: { readonly text?: string | null | undefined }) =>
    Observable.create<never>((sink) => {
      void forEach(follow(url, signal, text ?? query), (result) => sink.next(result as never)).then(
        sink.complete,
        sink.error,
      );
    });
  const unused = () => Promise.reject(new Error('not used here'));
  return new Environment({
    network: Network.create(unused, subscribe),
    store: new Store(new RecordSource()),
  });
}

/**
 * A bare `EventSource`, here that of undici, resumes by itself: it asks again with the cursor of its last event as
 * `Last-Event-ID`. At `complete` it is to be closed, since it would subscribe anew.
 */
export function followWithEventSource(url: string, onEvent: (event: Event) => void): () => void {
  const source = new EventSource(`${url}?${new URLSearchParams({ query })}`);
  source.addEventListener('next', (event) => onEvent(JSON.parse((event as MessageEvent).data).data));
  source.addEventListener('complete', () => source.close());
  return () => source.close();
}

/** Apollo Client speaks its multipart by itself. */
export function followWithApollo(url: string, onEvent: (event: Event) => void): () => void {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: url }) });
  let after: string | undefined;
  let isOver = false;
  let current = subscribe();
  function subscribe() {
    const again = () =>
      setTimeout(() => {
        if (!isOver) current = subscribe();
      }, 500);
    return client
      .subscribe<Event>({ query: gql(query), variables: { after }, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data }) => {
          after = data?.callEvents.cursor ?? after;
          if (data) onEvent(data);
        },
        error: again,
        complete: again,
      });
  }
  return () => {
    isOver = true;
    current.unsubscribe();
  };
}

async function forEach<Item>(items: AsyncIterable<Item>, use: (item: Item) => void): Promise<void> {
  for await (const item of items) use(item);
}
