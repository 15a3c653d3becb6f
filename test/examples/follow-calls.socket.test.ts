import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { type StreamServer, startStreamServer } from '../support/stream-server.ts';
import { createUrqlClient, type Event, follow, followWithApollo, query } from './follow-calls.ts';

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
});
