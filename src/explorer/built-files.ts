import { fileURLToPath } from 'node:url';
import type { FastifyStaticOptions } from '@fastify/static';

/** The built pages. Two folders up is the package, from both src/explorer and dist/explorer. */
export const builtPages = fileURLToPath(new URL('../../dist/explorer-page', import.meta.url));

/** What a page shows about its server. */
export interface ServerFacts {
  /** Whether all accounts are those of the sandbox, so that no real call can be placed. */
  readonly sandbox: boolean;
  /** Whether a request needs an API key or a token. */
  readonly needsKey: boolean;
}

/** Options to serve the built files of a page, which are compressed at build time. */
export const builtFiles = {
  index: false,
  // One route for each file that exists at the start, so no path leads out of the folder.
  wildcard: false,
  preCompressed: true,
  // Sent in place of the others, and no files of their own.
  globIgnore: ['**/*.br', '**/*.gz'],
  logLevel: 'silent',
} satisfies Omit<FastifyStaticOptions, 'root'>;
