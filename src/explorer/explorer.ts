import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { pageHeaders } from './page-headers.ts';

/** What the page is told about the server that it was opened at. */
export interface ServerFacts {
  /** Whether all accounts are the sandbox's, so that no real call can be placed. */
  readonly sandbox: boolean;
  /** Whether a request needs an API key or a token. */
  readonly needsKey: boolean;
}

export interface ExplorerOptions {
  /** Path of the GraphQL endpoint, e.g. /graphql: the page is shown there and sends its operations there. */
  readonly endpoint: string;
  readonly server: ServerFacts;
  /** Where the built page lies; dist/explorer-page of this package by default. */
  readonly folder?: string;
}

/** Two folders up is the package, from src/explorer as well as from dist/explorer. */
const builtPage = fileURLToPath(new URL('../../dist/explorer-page', import.meta.url));

const notBuilt =
  'The explorer has not been built. Run: npx vite build --config src/explorer/vite.config.ts\n';

/**
 * Shows GraphiQL to a browser that opens the GraphQL endpoint or `/`, and serves the page's files under
 * /explorer/, compressed at build time.
 *
 * The endpoint's own route stays with GraphQL: a hook answers in its stead only where a person typed the
 * address. Register it before whatever else may refuse a request in `onRequest`, so that the page opens without
 * a key; it holds nothing secret.
 */
export const explorer: FastifyPluginAsync<ExplorerOptions> = async (app, options) => {
  const { endpoint, server, folder = builtPage } = options;
  const isBuilt = existsSync(join(folder, 'index.html'));
  const ways = new Set(['/', `${endpoint}/`]);

  app.addHook('onRequest', async (request, reply) => {
    if (!isNavigation(request)) return;
    if (ways.has(pathOf(request))) return reply.redirect(endpoint);
    if (request.routeOptions.url !== endpoint) return;
    // Where it adds to what CORS has set, and where `setHeaders` finds it.
    reply.raw.setHeader('vary', 'accept, accept-encoding');
    return isBuilt ? reply.sendFile('index.html') : sendText(reply.headers(pageHeaders), 503, notBuilt);
  });

  app.get('/explorer/server.json', async (_, reply) =>
    reply.header('cache-control', 'no-store').send(server),
  );

  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/explorer/',
    index: false,
    // The routes are those of the files that are there at the start: no path leads out of the folder.
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    logLevel: 'silent',
    setHeaders(reply, path) {
      const headers = { ...pageHeaders, 'cache-control': cacheControlOf(path) };
      for (const [name, value] of Object.entries(headers)) reply.setHeader(name, value);
      if (reply.getHeader('vary') === undefined) reply.setHeader('vary', 'accept-encoding');
    },
  });
};

// Fastify's own mark for a plug-in whose hooks are meant for the app that registers it, not for a child of it.
Object.assign(explorer, { [Symbol.for('skip-override')]: true });

/** True for a person's browser opening the address; scripts, GraphQL clients and GET queries are not. */
function isNavigation({ method, headers, query }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (typeof query === 'object' && query !== null && 'query' in query) return false;
  return headers.accept?.includes('text/html') ?? false;
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] as string;
}

/** Vite puts a hash of the content into the name of everything in assets/: such a file never changes. */
function cacheControlOf(path: string): string {
  return /[/\\]assets[/\\]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(text);
}
