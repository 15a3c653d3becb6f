import { readFileSync } from 'node:fs';
import { type RunningServer, runServer } from '../support/run-server.ts';

export type ExplorerServer = Pick<RunningServer, 'url' | 'stop'>;

/**
 * The built process on a free port, on the sandbox or an accounts file; or, while working on the page, whatever
 * already runs at EXPLORER_URL.
 */
export async function startServer(accountsFile?: string): Promise<ExplorerServer> {
  const { EXPLORER_URL } = process.env;
  if (EXPLORER_URL && accountsFile === undefined) return { url: EXPLORER_URL, stop: async () => null };

  const file = accountsFile === undefined ? undefined : readFileSync(accountsFile, 'utf8');
  const server = await runServer({ file });
  if (server.url === '')
    throw new Error(`dist/bundle/main.js ended. Has it been built? It said:\n${server.output()}`);
  return server;
}
