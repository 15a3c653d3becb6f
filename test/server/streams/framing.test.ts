import { describe, expect, it } from 'vitest';
import { framingOf, multipart, serverSentEvents } from '../../../src/server/streams/framing.ts';

const apollo = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';
const urql =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';

describe('how a result is sent', () => {
  it.each([
    ['nothing', undefined, undefined, undefined],
    ['anything', '*/*', undefined, undefined],
    ['JSON', 'application/json', undefined, undefined],
    ['events', 'text/event-stream', serverSentEvents, serverSentEvents],
    ['events before JSON', 'text/event-stream, application/json;q=0.5', serverSentEvents, undefined],
    ['JSON before events', 'application/json, text/event-stream;q=0.5', serverSentEvents, undefined],
    ['events but no JSON', 'text/event-stream, application/json;q=0', serverSentEvents, serverSentEvents],
    ['no events', 'text/event-stream;q=0, application/json', undefined, undefined],
    ['what urql accepts', urql, serverSentEvents, undefined],
    ['what Apollo Client accepts', apollo, multipart, multipart],
    [
      'JSON before multipart',
      'application/json, multipart/mixed;subscriptionSpec=1.0;q=0.1',
      multipart,
      undefined,
    ],
    ['another boundary', 'multipart/mixed;boundary=-;subscriptionSpec="1.0"', multipart, multipart],
    [
      'multipart of another kind',
      'multipart/mixed;deferSpec=20220824, application/json',
      undefined,
      undefined,
    ],
    [
      'events before multipart',
      'text/event-stream, multipart/mixed;subscriptionSpec=1.0;q=0.9',
      serverSentEvents,
      serverSentEvents,
    ],
  ])('to a client that accepts %s', (_, accept, ofSubscription, ofQuery) => {
    expect(framingOf(accept, () => true)).toBe(ofSubscription);
    expect(framingOf(accept, () => false)).toBe(ofQuery);
  });
});
