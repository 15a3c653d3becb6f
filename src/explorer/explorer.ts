import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { builtFiles, builtPages, type ServerFacts } from './built-files.ts';
import { toPageHeaders } from './page-headers.ts';

/**
 * A Fastify plug-in that serves GraphiQL to browsers that open the GraphQL endpoint or `/`, and the page's files, which
 * are compressed at build time, under /explorer/.
 *
 * The route of the endpoint remains that of GraphQL: a hook answers only page navigations. Register it before other
 * `onRequest` hooks that may refuse a request, so that the page opens without an API key; it contains nothing secret.
 */
export const explorer: FastifyPluginAsync<ExplorerOptions> = async (app, options) => {
  const { endpoint, server, folder = builtPages } = options;
  const isBuilt = existsSync(join(folder, 'index.html'));
  const ways = new Set(['/', `${endpoint}/`]);

  app.addHook('onRequest', async (request, reply) => {
    if (!mayOpenPage(request)) return;
    const { accept } = request.headers;
    // `Vary` is set on Node's response, where `setHeaders` finds it and `disableCaching` merges it with that of CORS.
    if (ways.has(request.url.replace(/\?.*/s, ''))) {
      reply.raw.setHeader('vary', 'accept');
      return takesHtml(accept) ? reply.redirect(endpoint) : undefined;
    }
    // A browser that navigates to the page names HTML; scripts and GraphQL clients name other types or none.
    if (request.routeOptions.url !== endpoint || !accept?.includes('text/html')) return;
    reply.raw.setHeader('vary', 'accept, accept-encoding');
    if (isBuilt) return reply.sendFile('index.html');
    return reply.headers(pageHeaders).code(503).type('text/plain; charset=utf-8').send(notBuilt);
  });

  app.get('/explorer/server.json', async (_, reply) =>
    reply.header('cache-control', 'no-store').send(server),
  );

  await app.register(fastifyStatic, {
    ...builtFiles,
    root: folder,
    prefix: '/explorer/',
    cacheControl: false,
    setHeaders(reply, path) {
      const headers = { ...pageHeaders, 'cache-control': cacheControlOf(path) };
      for (const [name, value] of Object.entries(headers)) reply.setHeader(name, value);
      if (reply.getHeader('vary') === undefined) reply.setHeader('vary', 'accept-encoding');
    },
  });
};

// Fastify's marker for a plug-in whose hooks apply to the app that registers it instead of a child.
Object.assign(explorer, { [Symbol.for('skip-override')]: true });

export interface ExplorerOptions {
  /** Path of the GraphQL endpoint, such as /graphql. The page is served there and sends its operations there. */
  readonly endpoint: string;
  readonly server: ServerFacts;
  /** The folder of the built page; dist/explorer-page of this package by default. */
  readonly folder?: string;
}

/**
 * `unsafe-inline` is needed for styles: the editor writes its theme and glyph widths into <style> elements. Its images are
 * data: URLs in its style sheet.
 */
const pageHeaders = toPageHeaders({
  'worker-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self'",
});

const notBuilt =
  'The explorer has not been built. Run: npx vite build --config src/explorer/vite.config.ts\n';

/** Whether a request may ask for the page; false for GET queries. */
function mayOpenPage({ method, query }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return !(typeof query === 'object' && query !== null && 'query' in query);
}

/** Whether HTML is among the types that a client accepts (RFC 9110, section 12.5.1). */
function takesHtml(accept = '*/*'): boolean {
  return /text\/(?:html|\*)|\*\/\*/.test(accept);
}

/** Names of files in assets/ contain a hash of the content, so they are immutable. */
function cacheControlOf(path: string): string {
  return /[/\\]assets[/\\]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
