import { registry } from './adapters/registry.ts';
import { type Config, ConfigError, readConfig, withAccounts } from './config/config.ts';
import { type Sandbox, sandboxKeys, startSandbox } from './sandbox/index.ts';
import { createServer, endpoint } from './server/create-server.ts';
import { drainTimeOf } from './server/drain-time.ts';

/** Why an address cannot be listened on, where that is nobody's mistake in here. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not use the port',
  EADDRINUSE: 'the port is taken',
  EADDRNOTAVAIL: "the address is not this machine's",
  ENOTFOUND: 'there is no host of that name',
};

async function main(): Promise<void> {
  const read = readConfigOrExit();
  const sandbox = await startSandboxIn(read);
  const config = sandbox === undefined ? read : withAccounts(read, registry, sandbox.accounts);
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
    console.error(`It cannot listen on ${host}:${config.port}: ${reasonOf(error)}.`);
    process.exitCode = 1;
    return stop();
  }
  const { port } = server.app.server.address() as { port: number };
  const address = `http://${host}:${port}${endpoint}`;
  // One write, so that whoever waits for the first line has the others as well.
  console.log(
    [`calls-graphql is ready at ${address}${sandbox ? aboutSandbox : ''}`, ...placesIn(sandbox)].join('\n'),
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
}

const aboutSandbox = ' (sandbox: emulated carriers, no real calls)';

function readConfigOrExit(): Config {
  try {
    return readConfig(registry, {}, undefined, sandboxKeys);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(`The configuration cannot be used:\n${error.message}`);
    process.exit(2);
  }
}

/** The emulated carriers, where the configuration has them run. */
async function startSandboxIn({ sandboxPorts: ports }: Config): Promise<Sandbox | undefined> {
  if (ports === undefined) return undefined;
  try {
    return await startSandbox({ ports });
  } catch (error) {
    const { port } = error as { port?: number };
    const name = Object.entries(ports).find(([, each]) => each === port)?.[0];
    console.error(`The sandbox cannot listen on port ${port} (sandboxPorts.${name}): ${reasonOf(error)}.`);
    process.exit(1);
  }
}

/** A line for each emulated carrier. Their credentials are the same everywhere, but a log is no place for any. */
function placesIn(sandbox: Sandbox | undefined): string[] {
  if (sandbox === undefined) return [];
  const places = sandbox.accounts.map(({ name, baseUrl, tokenUrl }) => {
    const tokens = tokenUrl === undefined ? '' : `, tokens from ${tokenUrl}`;
    return `  ${name}: ${baseUrl}${tokens}`;
  });
  return [...places, '  Their credentials are in README.md, under "The sandbox".'];
}

/** @throws what is no reason of the machine's */
function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  const reason = reasons[code];
  if (reason === undefined) throw error;
  return `${reason} (${code})`;
}

await main();
