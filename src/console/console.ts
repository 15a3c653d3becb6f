import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { builtFiles, builtPages, type ServerFacts } from '../explorer/built-files.ts';
import { toPageHeaders } from '../explorer/page-headers.ts';

/**
 * A Fastify plug-in that serves the console, a page that shows calls as they change, at /console. Its files are
 * compressed at build time and served under /console/assets/.
 *
 * Nothing in the page is secret, so it opens without an API key. It asks for one and sends it with its operations.
 */
export const consolePage: FastifyPluginAsync<ConsoleOptions> = async (app, options) => {
  const { server, folder = builtPages } = options;
  const page = join(folder, 'console.html');
  const html = existsSync(page) ? withFacts(await readFile(page, 'utf8'), server) : undefined;

  app.get('/console', async (_, reply) => {
    reply.headers(pageHeaders);
    if (html === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(notBuilt);
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html);
  });
  app.get('/console/', async (_, reply) => reply.redirect('/console'));

  if (html === undefined) return;
  await app.register(fastifyStatic, {
    ...builtFiles,
    root: join(folder, 'assets'),
    prefix: '/console/assets/',
    decorateReply: false,
    // Names of these files contain a hash of the content.
    immutable: true,
    maxAge: '365d',
    setHeaders(reply) {
      for (const [name, value] of Object.entries(pageHeaders)) reply.setHeader(name, value);
      reply.setHeader('vary', 'accept-encoding');
    },
  });
};

export interface ConsoleOptions {
  readonly server: ServerFacts;
  /** The folder of the built pages; dist/explorer-page of this package by default. */
  readonly folder?: string;
}

const pageHeaders = toPageHeaders();

const notBuilt = 'The console has not been built. Run: npx vite build --config src/explorer/vite.config.ts\n';

/** Writes what the page has to know about its server into the page, which saves it a request before it can show anything. */
function withFacts(html: string, { sandbox, needsKey }: ServerFacts): string {
  return html.replace('<html', `<html data-sandbox="${sandbox}" data-needs-key="${needsKey}"`);
}
