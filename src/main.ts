#!/usr/bin/env -S node --heap-growing-percent=30 --max-semi-space-size=32
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { registry } from './adapters/registry.ts';
import { type Config, ConfigError, readConfig, withAccounts } from './config/config.ts';
import { type Sandbox, sandboxKeys, startSandbox } from './sandbox/index.ts';
import { createServer, endpoint, type Server } from './server/create-server.ts';
import { drainTimeOf } from './server/drain-time.ts';
import { listenReasonOf, listens } from './server/listens.ts';
import { toUrlHost } from './server/loopback-url.ts';
import { queueSignals } from './server/queue-signals.ts';

/**
 * Starts the server, and closes it on SIGTERM or SIGINT. Requests are still served for `shutdown.delay`, so that a load
 * balancer can notice that the server is no longer ready; a second signal cuts this delay short, and nothing else. Exits with 2 if the
 * configuration is invalid, with 1 if a port is unavailable. On SIGHUP the accounts file is read again.
 */
async function main(): Promise<void> {
  const read = readConfigOrExit();
  const sandbox = await startConfiguredSandbox(read);
  const sandboxAccounts = sandbox?.accounts.map((account) => ({ ...account, webhookSecret: randomUUID() }));
  const config = sandboxAccounts === undefined ? read : withAccounts(read, registry, sandboxAccounts);
  const server = await createServer(config).catch(exitIfUnusable);
  const stop = async () => {
    setTimeout(() => process.exit(1), drainTimeOf(config.limits)).unref();
    await server.close();
    await sandbox?.close();
  };
  // Before the server says that it is ready: whoever waits for that may send a signal at once.
  const onSignal = queueSignals();
  // Without a file, a terminal that is closed ends the process.
  if (config.file !== undefined) process.on('SIGHUP', () => reload(server));
  const { app, metrics } = server;
  const isListening =
    (metrics === undefined || (await listens(metrics, ' (metrics)', () => metrics.listen()))) &&
    (await listens(config, '', () => app.listen({ host: config.host, port: config.port })));
  if (!isListening) {
    process.exitCode = 1;
    return stop();
  }
  if (sandbox !== undefined) sendWebhooks(sandbox, config, server.webhooksUrl());
  const { port } = app.server.address() as { port: number };
  const address = `http://${toUrlHost(config.host)}:${port}${endpoint}`;
  const lines = [
    `calls-graphql is ready at ${address}${sandbox ? aboutSandbox : ''}`,
    ...(metrics === undefined
      ? []
      : [`  Metrics: http://${toUrlHost(metrics.host)}:${metrics.port}/metrics`]),
    ...describeCarriers(sandbox),
  ];
  // One write, so that a process that waits for the first line gets all of them.
  console.log(lines.join('\n'));
  await onSignal();
  server.endReadiness();
  await Promise.race([pause(config.shutdownDelay, undefined, { ref: false }), onSignal()]);
  await stop();
}

const aboutSandbox = ' (sandbox: emulated carriers, no real calls)';

function readConfigOrExit(): Config {
  try {
    return readConfig(registry, {}, undefined, sandboxKeys);
  } catch (error) {
    return exitIfUnusable(error);
  }
}

/** Reads the accounts file again. If it cannot be used, the log has every problem and nothing changes. */
function reload(server: Server): void {
  try {
    server.reload(readConfig(registry, {}, undefined, sandboxKeys));
  } catch (err) {
    const why = err instanceof ConfigError ? { problems: err.message.split('\n') } : { err };
    server.app.log.error(why, 'the configuration stays as it is');
  }
}

function exitIfUnusable(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`The configuration cannot be used:\n${error.message}`);
  process.exit(2);
}

/** Calls that each emulated carrier receives by itself, so that something happens. */
const arrivalsPerMinute = 6;

/** Starts the emulated carriers if the configuration has them. */
async function startConfiguredSandbox({ sandboxPorts: ports }: Config): Promise<Sandbox | undefined> {
  if (ports === undefined) return undefined;
  try {
    return await startSandbox({ ports, arrivalsPerMinute });
  } catch (error) {
    const { port } = error as { port?: number };
    const name = Object.entries(ports).find(([, each]) => each === port)?.[0];
    console.error(
      `The sandbox cannot listen on port ${port} (sandboxPorts.${name}): ${listenReasonOf(error)}.`,
    );
    process.exit(1);
  }
}

/** Lets the emulated carriers tell of inbound calls, as the applications of real accounts do once they name this server. */
function sendWebhooks({ bandwidth, connect }: Sandbox, { accounts }: Config, url: string | undefined): void {
  if (url === undefined) return;
  const [statusUrl, statusCallback] = accounts.map(
    ({ entry, webhookSecret }) => `${url}/${entry.key}/${webhookSecret}`,
  );
  if (statusUrl !== undefined) bandwidth.callbacks = { statusUrl };
  if (statusCallback !== undefined) connect.callbacks = { statusCallback };
}

/** One line for each emulated carrier, without its credentials: no credentials belong in a log, even fixed ones. */
function describeCarriers(sandbox: Sandbox | undefined): string[] {
  if (sandbox === undefined) return [];
  const lines = sandbox.accounts.map(({ name, baseUrl, tokenUrl }) => {
    const tokens = tokenUrl === undefined ? '' : `, tokens from ${tokenUrl}`;
    return `  ${name}: ${baseUrl}${tokens}`;
  });
  return [...lines, '  Their credentials are in README.md, under "The sandbox".'];
}

await main();
