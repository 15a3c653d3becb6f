import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StreamServer, startStreamServer } from '../../support/stream-server.ts';

let server: StreamServer;
beforeAll(async () => {
  server = await startStreamServer();
});
afterAll(() => server.close());

const query = 'subscription { callEvents { kind call { id status } } }';
const first = (server: StreamServer, providerCallId: string) =>
  server.tell({ providerCallId, status: 'RINGING' });

describe('client libraries', () => {
  it('Apollo Client reads its own multipart', async () => {
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: server.url }) });
    const kinds: unknown[] = [];
    const subscription = client.subscribe({ query: gql(query) }).subscribe(({ data, error }) => {
      kinds.push(error ?? (data as { callEvents: { kind: string } }).callEvents.kind);
    });
    await expect.poll(() => server.streams.size).toBe(1);
    await first(server, 'm1');
    await expect.poll(() => kinds).toEqual(['CREATED']);
    await server.tell({ providerCallId: 'm1', status: 'BUSY' });
    await expect.poll(() => kinds).toEqual(['CREATED', 'ENDED']);
    subscription.unsubscribe();
    await expect.poll(() => server.streams.size).toBe(0);
  });

  it('Apollo Client shows why a subscription is refused', async () => {
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: server.url }) });
    const error = await new Promise((resolve) => {
      const text = 'subscription { callEvents(after: "x") { kind } }';
      client
        .subscribe({ query: gql(text) })
        .subscribe({ next: ({ error }) => resolve(error), error: resolve });
    });
    expect(error).toMatchObject({ message: '`after` is not the cursor of an event.' });
  });

  it('urql reads server-sent events with fetchSubscriptions', async () => {
    const client = new Client({
      url: server.url,
      exchanges: [fetchExchange],
      fetchSubscriptions: true,
      preferGetMethod: false,
    });
    const kinds: unknown[] = [];
    const subscription = client.subscription(query, {}).subscribe(({ data, error }) => {
      kinds.push(error ?? data?.callEvents.kind);
    });
    await expect.poll(() => server.streams.size).toBe(1);
    await first(server, 'u1');
    await expect.poll(() => kinds).toEqual(['CREATED']);
    const answer = await client.query('{ __typename }', {}).toPromise();
    expect(answer.data).toEqual({ __typename: 'Query' });
    subscription.unsubscribe();
    await expect.poll(() => server.streams.size).toBe(0);
  });

  it('the client of graphql-sse iterates', async () => {
    const client = createClient({ url: server.url, retryAttempts: 0 });
    const results = client.iterate({ query });
    const next = results.next();
    await expect.poll(() => server.streams.size).toBe(1);
    await first(server, 's1');
    expect((await next).value).toMatchObject({ data: { callEvents: { kind: 'CREATED' } } });
    await results.return?.();
    await expect.poll(() => server.streams.size).toBe(0);
  });
});
