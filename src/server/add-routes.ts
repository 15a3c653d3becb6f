import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import type { Core } from '../api/create-core.ts';
import { maxRequestBytes } from '../config/cost-settings.ts';
import { disableCaching } from './cache-headers.ts';
import type { Endpoint } from './create-endpoint.ts';
import { addHosting } from './hosting/add-hosting.ts';
import { handleHttpErrors } from './http-errors.ts';
import { limitBodyMemory } from './limit-body-memory.ts';
import { localOnly } from './local-only.ts';
import { parseJsonBodies } from './parse-json-bodies.ts';
import { echoRequestId } from './request-id.ts';
import { shedLoad } from './shed-load.ts';
import { refuseForeignSockets } from './streams/accept-web-sockets.ts';
import { addWebhooks } from './webhooks/add-webhooks.ts';

/**
 * Adds the hooks that protect the process to an app, or to a scope of an app of others. In the order in which they are
 * added: on close, queued requests are answered before their connections are closed.
 *
 * @returns the hook for routes that cost something
 */
export function protect(app: FastifyInstance, { config, metrics }: Core): onRequestHookHandler {
  const onShed = metrics && (() => metrics.operations.shed());
  echoRequestId(app);
  disableCaching(app);
  handleHttpErrors(app);
  parseJsonBodies(app);
  if (config.localOnly) localOnly(app);
  limitBodyMemory(app, { onShed });
  return shedLoad(app, onShed);
}

export interface Routes {
  readonly core: Core;
  readonly served: Endpoint;
  /** Of the GraphQL endpoint. */
  readonly path: string;
  readonly onRequest: onRequestHookHandler;
}

/** Adds the routes of the GraphQL endpoint, of the webhooks and of hosted documents. */
export function addRoutes(app: FastifyInstance, { core, served, path, onRequest }: Routes): void {
  const { config, forwarder, parts } = core;
  const { handle: handler, webSocket, onSend } = served;
  const route = { url: path, onRequest, onSend, handler, bodyLimit: maxRequestBytes };
  app.route({ ...route, method: 'POST' });
  if (app.hasDecorator('websocketServer')) {
    const preValidation = refuseForeignSockets(app, config.corsOrigins);
    app.route({ ...route, method: 'GET', preValidation, wsHandler: webSocket });
  } else {
    app.route({ ...route, method: 'GET' });
  }
  addWebhooks(app, { ...parts, forwarder });
  addHosting(app, core);
}
