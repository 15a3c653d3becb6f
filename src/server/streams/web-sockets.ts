import type { WebsocketHandler } from '@fastify/websocket';
import { GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { makeServer } from 'graphql-ws';
import type { RequestHeaders } from '../../access/authenticate.ts';
import { toRefusal } from '../../access/refusal.ts';
import { isObject } from '../../runtime/is-object.ts';
import { isCheapToParse } from '../is-cheap-to-parse.ts';
import { toRequestId } from '../request-id.ts';
import { openStream, type StreamOperation, type StreamOutcome, type StreamParts } from './open-stream.ts';
import type { ResultStream } from './result-stream.ts';
import { SerializedResult, toResults } from './serialized-result.ts';
import { StreamConnection } from './stream-connection.ts';
import { WebSocketConnection } from './web-socket-connection.ts';

/** Operations at a time on one WebSocket. */
const maxPerConnection = 100;
/** Milliseconds for a client to send its credentials. */
const initTime = 10_000;
/** Close codes, of the protocol and of the registry of RFC 6455, section 11.7. */
const codes = { badRequest: 4400, forbidden: 4403, internalError: 1011, tryAgainLater: 1013 } as const;

/**
 * Creates the handler of WebSockets, for the protocol of `graphql-ws`. The handler for Fastify that the library has
 * serializes each result for each subscriber, and writes to standard error what a client can provoke.
 */
export function createWebSocketHandler(parts: StreamParts): WebsocketHandler {
  /** Of the message that is being serialized. It is sent in the same turn. */
  let payload: string | undefined;
  const server = makeServer<Record<string, unknown>, WebSocketConnection>({
    connectionInitWaitTimeout: initTime,
    async onConnect({ extra, connectionParams }) {
      extra.headers = withCredentials(extra.headers, connectionParams);
      try {
        return (await parts.authenticate(extra.headers, extra.peer)) !== undefined;
      } catch (error) {
        if (toRefusal(error)?.status === 401) return false;
        extra.socket.close(codes.tryAgainLater, 'Tokens cannot be checked at the moment.');
        return undefined;
      }
    },
    async onSubscribe({ extra }, _id, { query, operationName, variables, extensions }) {
      const outcome = await open(parts, extra, {
        query,
        // The protocol has no parameter of its own for it.
        named: { documentId: isObject(extensions) ? extensions.documentId : undefined, extensions },
        operationName: operationName ?? undefined,
        variables: isObject(variables) ? variables : {},
      });
      if ('result' in outcome && outcome.status !== 200) return (outcome.result.errors ?? []).map(toError);
      return { schema: parts.executor.schema, document: anyDocument, contextValue: outcome };
    },
    subscribe: ({ contextValue }) => toResults(contextValue as StreamOutcome),
    onNext: (_context, _id, _payload, _args, result) =>
      result instanceof SerializedResult ? result : undefined,
    jsonMessageReplacer: (_key, value) => {
      if (!(value instanceof SerializedResult)) return value;
      payload = value.text;
      return {};
    },
  });
  return (socket, request) => {
    const extra = new WebSocketConnection(socket, request);
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (message) => {
          // The payload is the last member of the message.
          const text = payload === undefined ? message : `${message.slice(0, -'{}}'.length)}${payload}}`;
          payload = undefined;
          return extra.send(text);
        },
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => {
          socket.on('message', (data) => {
            extra.pauseIfUnread();
            const text = String(data);
            if (!isCheapToParse(text))
              return socket.close(codes.badRequest, 'Too many values, or nested too deep');
            take(text).catch(() => socket.close(codes.internalError, 'Internal error'));
          });
        },
      },
      extra,
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  };
}

/** Executes the operation, which the library does not: it only sends the results. */
async function open(
  parts: StreamParts,
  client: WebSocketConnection,
  given: Pick<StreamOperation, 'query' | 'named' | 'operationName' | 'variables'>,
): Promise<StreamOutcome> {
  if (client.streams.size + client.pending.size >= maxPerConnection) return tooMany;
  const connection = new StreamConnection();
  client.pending.add(connection);
  const requestId = toRequestId({ headers: {} });
  const { headers, peer: socket } = client;
  const own = { lastEventId: undefined, mayChange: false, requestId, headers, socket, connection };
  const outcome = await openStream(parts, { ...given, ...own });
  client.pending.delete(connection);
  connection.end();
  if ('stream' in outcome) follow(client, outcome.stream);
  return outcome;
}

function follow(client: WebSocketConnection, stream: ResultStream): void {
  const { socket, streams } = client;
  streams.add(stream);
  stream.onEnd = () => {
    streams.delete(stream);
    if (stream.endedBy === 'access') socket.close(codes.forbidden, 'The credentials are no longer valid.');
  };
  if (socket.readyState !== socket.OPEN) stream.end('client');
}

/** For graphql-ws, which looks for the operation in it. */
const anyDocument = parse('subscription { any }');

const tooMany: StreamOutcome = {
  status: 429,
  headers: {},
  result: {
    errors: [
      {
        message: `There are ${maxPerConnection} operations on this connection, which is the most. End one first.`,
        extensions: { code: 'RATE_LIMITED' },
      },
    ],
  },
};

/** The library sends what `toJSON` returns. */
function toError(formatted: GraphQLFormattedError): GraphQLError {
  return Object.assign(new GraphQLError(formatted.message), { toJSON: () => formatted });
}

/** Browsers set no headers on a WebSocket: credentials in `connectionParams` take the place of those in the headers. */
function withCredentials(headers: RequestHeaders, params: Record<string, unknown> = {}): RequestHeaders {
  const given = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
  );
  const { authorization, 'x-api-key': key } = Object.fromEntries(given) as Record<string, string | undefined>;
  if (authorization === undefined && key === undefined) return headers;
  return { ...headers, authorization, 'x-api-key': key };
}
