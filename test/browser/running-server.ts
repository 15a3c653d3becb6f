import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface RunningServer {
  /** Full address of the GraphQL endpoint, e.g. http://127.0.0.1:40123/graphql. */
  url: string;
  stop(): Promise<void>;
}

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const PATIENCE_MS = 20_000;

/**
 * The built process on a free port, on the sandbox or an accounts file; or, while working on the page, whatever
 * already runs at EXPLORER_URL.
 */
export async function startServer(accountsFile?: string): Promise<RunningServer> {
  const { EXPLORER_URL, CALLS_CONFIG: _, NODE_ENV: __, ...rest } = process.env;
  if (EXPLORER_URL && accountsFile === undefined) return { url: EXPLORER_URL, stop: async () => {} };

  const env = { ...rest, PORT: '0', ...(accountsFile && { CALLS_CONFIG: accountsFile }) };
  const server = spawn(process.execPath, ['dist/main.js'], { cwd: PACKAGE, env });
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  };
  const url = new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      const address = /http:\/\/[^\s"']+\/graphql/.exec(output)?.[0];
      if (address) resolve(address);
    };
    const fail = (what: string) =>
      reject(new Error(`dist/main.js ${what}. Has it been built? It said:\n${output}`));
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', (code) => fail(`ended with ${code}`));
    setTimeout(() => fail(`named no address within ${PATIENCE_MS} ms`), PATIENCE_MS).unref();
  });
  try {
    return { url: await url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
