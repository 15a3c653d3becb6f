import { type GraphQLTaggedNode, requestSubscription } from 'relay-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { type StreamServer, startStreamServer } from '../support/stream-server.ts';
import {
  createRelayEnvironment,
  createUrqlClient,
  type Event,
  follow,
  followWithApollo,
  followWithEventSource,
  query,
} from './follow-calls.ts';

let server: StreamServer;
let balancer: Balancer;

beforeAll(async () => {
  server = await startStreamServer();
  balancer = await startBalancer('/graphql', Number(new URL(server.url).port));
});
/** Streams of the test before may still be ending. */
beforeEach(() => expect.poll(() => server.streams.size).toBe(0));
afterAll(async () => {
  balancer.close();
  await server.close();
});

/** Tells of 20 calls, and cuts the connection after each fifth event that the client has got. */
async function tellAndCut(prefix: string, received: readonly string[]) {
  const told: string[] = [];
  for (let i = 0; i < 20; i += 1) {
    await server.tell({ providerCallId: `${prefix}${i}` });
    told.push(...(await server.cursors(`${prefix}${i}`)));
    if (i % 5 === 0) await expect.poll(() => received.length).toBe(told.length);
    if (i % 5 === 0) balancer.cut();
  }
  await expect.poll(() => received.length, { interval: 100 }).toBe(20);
  expect(received).toEqual(told);
}

/** What the compiler of Relay makes of `query`. */
function compiled(): GraphQLTaggedNode {
  const scalar = (name: string) => ({ kind: 'ScalarField', name, alias: null, args: null, storageKey: null });
  const linked = (name: string, concreteType: string, selections: object[], args: object[] | null = null) => {
    return { ...scalar(name), kind: 'LinkedField', plural: false, concreteType, selections, args };
  };
  const after = [{ kind: 'Variable', name: 'after', variableName: 'after' }];
  const call = linked('call', 'Call', [scalar('id'), scalar('status')]);
  const selections = [linked('callEvents', 'CallEvent', [scalar('cursor'), scalar('kind'), call], after)];
  const argumentDefinitions = [{ kind: 'LocalArgument', name: 'after', defaultValue: null }];
  const common = { name: 'Follow', argumentDefinitions, selections };
  const params = {
    name: 'Follow',
    operationKind: 'subscription',
    text: query,
    id: null,
    cacheID: 'follow',
    metadata: {},
  };
  return {
    kind: 'Request',
    fragment: { ...common, kind: 'Fragment', type: 'Subscription', metadata: null, abstractKey: null },
    operation: { ...common, kind: 'Operation' },
    params,
  } as unknown as GraphQLTaggedNode;
}

describe('the loop that resumes loses and doubles nothing', () => {
  it('over the client of graphql-sse', async () => {
    const ending = new AbortController();
    const received: string[] = [];
    const following = (async () => {
      for await (const { data } of follow(balancer.url, ending.signal))
        received.push(data?.callEvents.cursor ?? '');
    })();
    await expect.poll(() => server.streams.size).toBe(1);
    await tellAndCut('g', received);
    ending.abort();
    await following;
  });

  it('in urql', async () => {
    const ending = new AbortController();
    const received: string[] = [];
    const subscription = createUrqlClient(balancer.url, ending.signal)
      .subscription<Event>(query, {})
      .subscribe(({ data }) => received.push(data?.callEvents.cursor ?? ''));
    await expect.poll(() => server.streams.size).toBe(1);
    await tellAndCut('u', received);
    ending.abort();
    subscription.unsubscribe();
  });

  it('in Apollo Client', async () => {
    const received: string[] = [];
    const stop = followWithApollo(balancer.url, ({ callEvents }) => received.push(callEvents.cursor));
    await expect.poll(() => server.streams.size).toBe(1);
    await tellAndCut('a', received);
    stop();
  });

  it('in Relay', async () => {
    const ending = new AbortController();
    const received: string[] = [];
    const environment = createRelayEnvironment(balancer.url, ending.signal);
    const subscription = requestSubscription(environment, {
      subscription: compiled(),
      variables: {},
      onNext: (data) => received.push((data as Event).callEvents.cursor),
    });
    await expect.poll(() => server.streams.size).toBe(1);
    await tellAndCut('r', received);
    const calls = environment.getStore().getSource();
    const statuses = calls.getRecordIDs().flatMap((id) => calls.get(id)?.status ?? []);
    expect(statuses).toEqual(Array(20).fill('IN_PROGRESS'));
    ending.abort();
    subscription.dispose();
  });

  it('is that of an EventSource', async () => {
    const received: string[] = [];
    const stop = followWithEventSource(balancer.url, ({ callEvents }) => received.push(callEvents.cursor));
    await expect.poll(() => server.streams.size).toBe(1);
    await tellAndCut('e', received);
    stop();
  });
});
