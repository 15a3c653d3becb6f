import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';
import { isObject } from '../../runtime/is-object.ts';
import { framingOf } from './framing.ts';
import { sendStream } from './http-streams.ts';
import { openStream, type StreamOperation, type StreamOutcome, type StreamParts } from './open-stream.ts';
import { SharedResults } from './shared-results.ts';
import { createWebSocketHandler } from './web-sockets.ts';

export interface StreamsParts extends Omit<StreamParts, 'results' | 'deadline'> {
  readonly config: Config;
}

/** The transports of subscriptions. */
export interface Streams {
  /** Undefined if the request does not ask for a stream. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<string> | undefined;
  readonly webSocket: WebsocketHandler;
  /** Opens a stream for a caller that `own` knows, in place of the authentication of requests. */
  open(
    operation: StreamOperation,
    own: Pick<StreamParts, 'contextOf' | 'authenticate'>,
  ): Promise<StreamOutcome>;
}

/** Milliseconds. A provider that hangs delays the events behind by no more. */
const maxEventTime = 10_000;

/** Creates what executes and sends the events of all subscriptions. */
export function createStreams({ config, ...given }: StreamsParts): Streams {
  const deadline = Math.min(config.limits.readDeadline, maxEventTime);
  const parts = { ...given, results: new SharedResults(), deadline };
  const httpParts = { ...parts, corsOrigins: config.corsOrigins };
  return {
    handle(request, reply) {
      const framing = framingOf(request.headers.accept, () => mentionsSubscription(request));
      // Fastify takes the reply as it takes a text.
      return (
        framing && (sendStream(httpParts, framing, request, reply) as Promise<unknown> as Promise<string>)
      );
    },
    webSocket: createWebSocketHandler(parts),
    open: (operation, own) => openStream({ ...parts, ...own }, operation),
  };
}

function mentionsSubscription({ method, body, query }: FastifyRequest): boolean {
  const parameters = method === 'GET' ? query : body;
  const text = isObject(parameters) ? parameters.query : undefined;
  return typeof text === 'string' && /\bsubscription\b/.test(text);
}
