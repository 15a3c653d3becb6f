import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../config/is-loopback.ts';
import { callbacksPath, documentsPath } from '../hosting/hosted-paths.ts';
import { sendHttpError } from './http-errors.ts';
import { webhooksPath } from './webhooks/webhook-path.ts';

const providerPaths = [webhooksPath, documentsPath, callbacksPath];

/** Whether a path is of those at which providers send webhooks, and ask for documents. */
export function isProviderPath(url: string): boolean {
  return providerPaths.some((path) => url.startsWith(path));
}

/**
 * Refuses requests whose `Host` is not a loopback name, with status 421. This protects against DNS rebinding: any web
 * site can make its own host name resolve to this machine, which makes its pages same-origin. Without `access`
 * rules nothing else would keep them from placing calls.
 */
export function localOnly(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers, url }, reply, done) => {
    // Providers address these to `publicUrl`. The secret in their path is what a web site does not know.
    if (isLocalHost(headers.host) || isProviderPath(url)) done();
    else sendHttpError(reply, 421);
  });
}

/** Whether a `Host` header names this machine. */
export function isLocalHost(host = ''): boolean {
  return isLoopback(host.replace(/:\d*$/, ''));
}
