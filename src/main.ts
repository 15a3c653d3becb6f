#!/usr/bin/env -S node --heap-growing-percent=30 --max-semi-space-size=32
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { registry } from './adapters/registry.ts';
import { type Config, ConfigError, readConfig, withAccounts } from './config/config.ts';
import { type Sandbox, sandboxKeys, startSandbox } from './sandbox/index.ts';
import { createServer, endpoint, type Server } from './server/create-server.ts';
import { drainTimeOf } from './server/drain-time.ts';

/** Messages for the errors of `listen` that are due to the environment. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission for the port',
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'the address is not one of this machine',
  ENOTFOUND: 'the host name cannot be resolved',
};

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
  const address = `http://${toHost(config.host)}:${port}${endpoint}`;
  const lines = [
    `calls-graphql is ready at ${address}${sandbox ? aboutSandbox : ''}`,
    ...(metrics === undefined ? [] : [`  Metrics: http://${toHost(metrics.host)}:${metrics.port}/metrics`]),
    ...describeCarriers(sandbox),
  ];
  // One write, so that a process that waits for the first line gets all of them.
  console.log(lines.join('\n'));
  await onSignal();
  server.endReadiness();
  await Promise.race([pause(config.shutdownDelay, undefined, { ref: false }), onSignal()]);
  await stop();
}

/** Whether `listen` succeeds; if not, says why. */
async function listens(
  { host, port }: { readonly host: string; readonly port: number },
  of: string,
  listen: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await listen();
    return true;
  } catch (error) {
    console.error(`Cannot listen on ${toHost(host)}:${port}${of}: ${reasonOf(error)}.`);
    return false;
  }
}

/** A host as URLs have it. */
function toHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Returns a function that waits for the next SIGTERM or SIGINT, which may have come already. Neither ends the process by
 * itself from now on.
 */
function queueSignals(): () => Promise<void> {
  let queued = 0;
  let notify: (() => void) | undefined;
  const onSignal = () => {
    if (notify === undefined) queued += 1;
    notify?.();
    notify = undefined;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
  return () =>
    new Promise((resolve) => {
      if (queued === 0) notify = resolve;
      else resolve();
      queued = Math.max(0, queued - 1);
    });
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
    console.error(`The sandbox cannot listen on port ${port} (sandboxPorts.${name}): ${reasonOf(error)}.`);
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

/** @throws the error itself if it is not due to the environment */
function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  const reason = reasons[code];
  if (reason === undefined) throw error;
  return `${reason} (${code})`;
}

await main();
