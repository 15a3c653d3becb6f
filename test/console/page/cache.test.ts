import { Client, gql, subscriptionExchange } from '@urql/core';
import { expect, test } from 'vitest';
import { createCache } from '../../../src/console/page/cache.ts';
import { FreshCalls } from '../../../src/console/page/fresh-calls.ts';

/** A client with the console's cache, for which each operation has these results. */
function createClient(resultsOf: (query: string) => readonly object[]): Client {
  return new Client({
    url: 'http://127.0.0.1/',
    preferGetMethod: false,
    exchanges: [
      createCache(new FreshCalls()),
      subscriptionExchange({
        enableAllOperations: true,
        forwardSubscription: ({ query = '' }) => ({
          subscribe(sink) {
            const send = async () => {
              for (const data of resultsOf(query)) {
                await Promise.resolve();
                sink.next({ data });
              }
            };
            void send();
            return { unsubscribe: () => undefined };
          },
        }),
      }),
    ],
  });
}

test('a gap with the cursor of an event takes nothing from that event', async () => {
  const event = { cursor: '7', kind: 'CHANGED', previousStatus: 'RINGING' };
  const changed = { ...event, __typename: 'CallEvent' };
  const call = { __typename: 'Call', id: 'c-1' };
  const gap = { ...changed, kind: 'GAP', previousStatus: null, call: null };
  const client = createClient((query) =>
    query.startsWith('subscription')
      ? [{ callEvents: { ...changed, call } }, { callEvents: gap }]
      : [{ call: { ...call, timeline: [] } }],
  );
  const shown: unknown[] = [];
  const panel = gql`query { call(id: "c-1") { id timeline { cursor kind previousStatus } } }`;
  client.query(panel, {}).subscribe(({ data }) => shown.push(data?.call.timeline));
  const events = gql`subscription { callEvents { cursor kind previousStatus call { id } } }`;
  await new Promise<void>((resolve) => {
    client.subscription(events, {}).subscribe(({ data }) => {
      if (data?.callEvents.kind === 'GAP') resolve();
    });
  });
  expect(shown).toEqual([[], [event]]);
});
