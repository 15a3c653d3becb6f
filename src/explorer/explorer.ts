import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { readPageFiles } from './page-files.ts';
import { pageHeaders } from './page-headers.ts';

export interface ExplorerOptions {
  /** Path of the GraphQL endpoint, e.g. /graphql: the page is shown there and sends its operations there. */
  endpoint: string;
  /** Where the built page lies; dist/explorer-page of this package by default. */
  folder?: string;
}

const NOT_BUILT =
  'The explorer has not been built. Run: npx vite build --config src/explorer/vite.config.ts\n';

/**
 * Shows GraphiQL to a browser that opens the GraphQL endpoint, and serves the page's files under /explorer/.
 *
 * The endpoint's own route stays with GraphQL: a hook answers in its stead only where a person typed the
 * address. Register it before whatever else may refuse a request in `onRequest`, so that the page opens without
 * a key; it holds nothing secret.
 */
export const explorer: FastifyPluginAsync<ExplorerOptions> = async (app, { endpoint, folder }) => {
  const files = await readPageFiles(folder);
  const page = files.get('index.html');

  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== endpoint || !isNavigation(request)) return;
    reply.headers(pageHeaders).header('vary', 'accept').header('cache-control', 'no-cache');
    if (!page) return sendText(reply, 503, NOT_BUILT);
    return reply.type(page.type).send(page.body);
  });

  app.get<{ Params: { '*': string } }>('/explorer/*', async (request, reply) => {
    reply.headers(pageHeaders);
    // A look-up in the list read at start, never in the file system: there is no path to climb out of.
    const file = files.get(request.params['*']);
    if (!file) return sendText(reply, 404, 'No such file.\n');
    return reply.type(file.type).header('cache-control', file.cacheControl).send(file.body);
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

function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(text);
}
