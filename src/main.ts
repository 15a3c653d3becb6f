import { registry } from './adapters/registry.ts';
import { type Config, ConfigError, hasAccountsFile, readConfig } from './config.ts';
import { drainTimeOf } from './drain-time.ts';
import { startSandbox } from './sandbox/index.ts';
import { createServer, endpoint } from './server.ts';

/** Why an address cannot be listened on, where that is nobody's mistake in here. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not use the port',
  EADDRINUSE: 'the port is taken',
  EADDRNOTAVAIL: "the address is not this machine's",
  ENOTFOUND: 'there is no host of that name',
};

async function main(): Promise<void> {
  const sandbox = hasAccountsFile() ? undefined : await startSandbox();
  const config = readConfigOrExit({ accounts: sandbox?.accounts });
  const server = await createServer(config);
  const stop = async () => {
    setTimeout(() => process.exit(1), drainTimeOf(config.limits)).unref();
    await server.close();
    await sandbox?.close();
  };
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  try {
    await server.app.listen({ host: config.host, port: config.port });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason = reasons[code];
    if (reason === undefined) throw error;
    console.error(`It cannot listen on ${host}:${config.port}: ${reason} (${code}).`);
    process.exitCode = 1;
    return stop();
  }
  const { port } = server.app.server.address() as { port: number };
  console.log(
    `calls-graphql is ready at http://${host}:${port}${endpoint}${sandbox ? ' (sandbox: emulated carriers, no real calls)' : ''}`,
  );
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
