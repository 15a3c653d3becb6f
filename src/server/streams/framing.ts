import type { GraphQLFormattedError } from 'graphql';
import Negotiator from 'negotiator';
import { responseTypes } from '../../graphql/response-type.ts';
import type { StreamEnd, StreamResult } from './result-stream.ts';

/** How results are written into the body of a response. */
export interface Framing {
  readonly contentType: string;
  /** Sent at once, so that the client knows that it has subscribed. */
  readonly begin: string;
  /** Tells that the connection is alive. */
  readonly heartbeat: string;
  result(result: StreamResult): string;
  end(by: StreamEnd): string;
}

/** Milliseconds after which a client is to reconnect. */
const retry = 500;

/**
 * Server-sent events (HTML, section 9.2) in the distinct connections mode of the GraphQL over SSE protocol. When the
 * server closes there is no `complete`, so that clients reconnect, with the id of the last event.
 */
export const serverSentEvents: Framing = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: `retry: ${retry}\n:\n\n`,
  heartbeat: ':\n\n',
  result: ({ text, id }) => `event: next\n${id === undefined ? '' : `id: ${id}\n`}data: ${text}\n\n`,
  end: (by) => (by === 'shutdown' ? '' : 'event: complete\ndata:\n\n'),
};

const next = '\r\nContent-Type: application/json; charset=utf-8\r\n\r\n';
const boundary = '\r\n--graphql';
const closing: GraphQLFormattedError = {
  message: 'The server is closing. Subscribe again with the last cursor as `after`.',
  extensions: { code: 'UNAVAILABLE' },
};

/**
 * Apollo's multipart protocol for subscriptions. Clients take a part when the boundary behind it has come, so each part
 * is sent with it.
 */
export const multipart: Framing = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  begin: boundary,
  heartbeat: `${next}{}${boundary}`,
  result: ({ text }) => `${next}{"payload":${text}}${boundary}`,
  end: (by) =>
    by === 'shutdown'
      ? `${next}${JSON.stringify({ payload: null, errors: [closing] })}${boundary}--\r\n`
      : '--\r\n',
};

const framings = [
  {
    type: 'multipart/mixed;subscriptionSpec=1.0',
    pattern: /multipart\/mixed\s*;[^,]*subscriptionSpec/i,
    framing: multipart,
  },
  { type: 'text/event-stream', pattern: /text\/event-stream/i, framing: serverSentEvents },
];
/** Some clients name a boundary, although the server chooses it. It is ignored. */
const boundaries = /;\s*boundary=("[^"]*"|[^\s;,]*)/gi;

/**
 * How the result of a request is to be streamed, by the weights of `Accept`; undefined if it is not. A client that also
 * takes JSON gets a stream only if its document may hold a subscription: some send all their operations with one `Accept`.
 * One that prefers Apollo's multipart protocol does not.
 */
export function framingOf(accept: string | undefined, mayBeSubscription: () => boolean): Framing | undefined {
  // Only what a client names is streamed: `*/*` does not mean it.
  const named = framings.filter(({ pattern }) => accept !== undefined && pattern.test(accept));
  if (accept === undefined || named.length === 0) return undefined;
  const types = [...named.map(({ type }) => type), ...responseTypes];
  const negotiator = new Negotiator({ headers: { accept: accept.replace(boundaries, '') } });
  const [first, ...others] = negotiator.mediaTypes(types);
  const preferred = named.find(({ type }) => type === first);
  const accepted = [first, ...others].flatMap((type) => named.find((each) => each.type === type) ?? []);
  const isOnly = accepted.length === others.length + 1;
  const mayAlways = isOnly || preferred?.framing === multipart;
  return mayAlways || mayBeSubscription() ? accepted[0]?.framing : undefined;
}
