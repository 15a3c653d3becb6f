import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { pageHeaders } from './page-headers.ts';

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
    root: join(folder, 'assets'),
    prefix: '/console/assets/',
    index: false,
    // One route for each file that exists at the start, so no path leads out of the folder.
    wildcard: false,
    preCompressed: true,
    // Sent in place of the others, and no files of their own.
    globIgnore: ['**/*.br', '**/*.gz'],
    decorateReply: false,
    // Names of these files contain a hash of the content.
    immutable: true,
    maxAge: '365d',
    logLevel: 'silent',
    setHeaders(reply) {
      for (const [name, value] of Object.entries(pageHeaders)) reply.setHeader(name, value);
      reply.setHeader('vary', 'accept-encoding');
    },
  });
};

export interface ConsoleOptions {
  readonly server: {
    /** Whether all accounts are those of the sandbox, so that no real call can be placed. */
    readonly sandbox: boolean;
    /** Whether a request needs an API key or a token. */
    readonly needsKey: boolean;
  };
  /** The folder of the built pages; dist/explorer-page of this package by default. */
  readonly folder?: string;
}

/** Two folders up is the package, from both src/console and dist/console. */
const builtPages = fileURLToPath(new URL('../../dist/explorer-page', import.meta.url));

const notBuilt = 'The console has not been built. Run: npx vite build --config src/explorer/vite.config.ts\n';

/** Writes what the page has to know about its server into the page, which saves it a request before it can show anything. */
function withFacts(html: string, { sandbox, needsKey }: ConsoleOptions['server']): string {
  return html.replace('<html', `<html data-sandbox="${sandbox}" data-needs-key="${needsKey}"`);
}
