import websocket from '@fastify/websocket';
import type { FastifyInstance, preValidationHookHandler } from 'fastify';
import { handleProtocols } from 'graphql-ws';
import { sendHttpError } from '../http-errors.ts';
import { refuseBusy } from '../shed-load.ts';
import { isForeign } from './is-foreign.ts';
import type { OpenStreams } from './open-streams.ts';

/** Bytes of a message. A document may be as long. */
const maxPayload = 64 * 1024;
/** Sockets of the process, whether they have subscriptions or not. */
const maxSockets = 4_000;
/** RFC 6455, section 7.4.1: the server is going away. */
const goingAway = 1001;
/** Milliseconds for clients to answer a close. */
const graceTime = 2_000;

/**
 * Lets routes of the server accept WebSockets, whose upgrades pass the hooks of every request. When the server closes,
 * all streams are ended first, and the sockets are closed so that clients reconnect.
 *
 * Call it before hooks are added that may refuse a request: a socket refused by an earlier hook would never be closed.
 */
export async function acceptWebSockets(app: FastifyInstance, streams: OpenStreams): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload, handleProtocols },
    // The socket is closed by `ws`. What a client can provoke is not logged.
    errorHandler: () => undefined,
    preClose: (done) => {
      streams.close();
      const { clients } = app.websocketServer;
      for (const client of clients) client.close(goingAway, 'The server is closing.');
      setTimeout(() => {
        for (const client of clients) client.terminate();
      }, graceTime).unref();
      app.websocketServer.close();
      done();
    },
  });
  refuseElsewhere(app);
}

/** The plug-in opens a socket at any route, closes it, and logs the path, which may be a secret. */
function refuseElsewhere(app: FastifyInstance): void {
  const urls = new Set<string | undefined>();
  app.addHook('onRoute', ({ url, wsHandler }) => {
    if (wsHandler !== undefined) urls.add(url);
  });
  app.addHook('preValidation', (request, reply, done) => {
    if (request.ws && !urls.has(request.routeOptions.url)) sendHttpError(reply, 404);
    else done();
  });
}

/** Creates a hook that refuses WebSockets of pages of other origins, which CORS does not, and those beyond the limit. */
export function refuseForeignSockets(
  app: FastifyInstance,
  allowed: readonly string[],
): preValidationHookHandler {
  return (request, reply, done) => {
    if (!request.ws) done();
    else if (isForeign(request.headers, allowed)) sendHttpError(reply, 403);
    else if (app.websocketServer.clients.size >= maxSockets) refuseBusy(reply);
    else done();
  };
}
