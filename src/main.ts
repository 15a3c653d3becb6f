import { registry } from './adapters/registry.ts';
import { type Config, ConfigError, hasAccountsFile, readConfig } from './config.ts';
import { drainTimeOf } from './drain-time.ts';
import { startSandbox } from './sandbox/index.ts';
import { createServer, endpoint } from './server.ts';

async function main(): Promise<void> {
  const sandbox = hasAccountsFile() ? undefined : await startSandbox();
  const config = readConfigOrExit({ accounts: sandbox?.accounts });
  const server = await createServer(config);
  await server.app.listen({ host: config.host, port: config.port });
  const { port } = server.app.server.address() as { port: number };
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  console.log(
    `calls-graphql is ready at http://${host}:${port}${endpoint}${sandbox ? ' (sandbox: emulated carriers, no real calls)' : ''}`,
  );
  const stop = async () => {
    setTimeout(() => process.exit(1), drainTimeOf(config.limits)).unref();
    await server.close();
    await sandbox?.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
}

function readConfigOrExit(given: unknown): Config {
  try {
    return readConfig(registry, given);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(`The configuration cannot be used:\n${error.message}`);
    process.exit(2);
  }
}

await main();
