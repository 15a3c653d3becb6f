import type { GraphQLSchema } from 'graphql';
import type { Authenticate, OnIssuerChange } from '../access/authenticate.ts';
import { CurrentAccess } from '../access/current-access.ts';
import { Forwarder } from '../calls/forwarding/forwarder.ts';
import type { Config } from '../config/config.ts';
import { loadSchema } from '../graphql/load-schema.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Store } from '../store/store.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { loadTracer } from '../telemetry/tracer.ts';
import { GuardedClient } from '../upstream/guarded-client.ts';
import { createParts, type Parts } from './create-parts.ts';
import { createRateLimiter } from './create-rate-limiter.ts';
import { Executor } from './executor.ts';
import { LossLog } from './loss-log.ts';
import { openStore } from './open-store.ts';
import { Reloads } from './reloads.ts';
import { requirePackage } from './require-package.ts';

/** One API without HTTP. Nothing of it is shared with another in the same process. */
export interface Core {
  readonly config: Config;
  readonly log: Logger;
  readonly store: Store;
  /** Undefined if they are not configured. */
  readonly metrics: Metrics | undefined;
  readonly parts: Parts;
  readonly executor: Executor;
  readonly authenticate: Authenticate;
  /** Puts other accounts, rules of access and limits in use. */
  readonly reloads: Reloads;
  /** Sends webhooks on. */
  readonly forwarder: Forwarder;
  /** Sends requests to addresses that documents name. */
  readonly guarded: GuardedClient;
  /** Waits for pending operations, then releases everything. Call it once no more requests can arrive. */
  close(): Promise<void>;
}

export interface CoreOptions {
  readonly log: Logger;
  readonly schema?: GraphQLSchema;
  /** In place of `access` of the configuration. */
  readonly authenticate?: Authenticate;
  /** Whether it is counted what operations do; by default if the configuration says where metrics are served. */
  readonly measures?: boolean | undefined;
  /** Whether there will be a `publicUrl` once a server of our own listens. */
  readonly listens: boolean;
  /** Where providers reach this server, without a slash at the end; undefined if they cannot, or not yet. */
  publicUrl(): string | undefined;
  /** What the addresses of all webhooks begin with, without a slash at the end; undefined if there are none yet. */
  webhooksUrl(): string | undefined;
}

/**
 * Puts together one API: accounts and their adapters, rights, limits, the store and the execution of operations. If that
 * fails, nothing is left open.
 *
 * @throws ConfigError if a file that the configuration names cannot be used
 */
export async function createCore(config: Config, options: CoreOptions): Promise<Core> {
  const store = await openStore(config.store, options.log);
  try {
    return await assemble(config, store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assemble(config: Config, store: Store, options: CoreOptions): Promise<Core> {
  const { log, schema = loadSchema([], config.subgraph), publicUrl, webhooksUrl } = options;
  const { measures = config.metrics !== undefined } = options;
  const loadClient = () => requirePackage('metrics', 'prom-client@15', () => import('prom-client'));
  const metrics = measures ? createMetrics(await loadClient(), store) : undefined;
  const guarded = new GuardedClient({ toLoopback: config.sandbox, allow: config.egressHosts });
  const addresses = {
    isReachable: config.publicUrl !== undefined || (config.sandbox && options.listens),
    baseUrl: webhooksUrl,
    // The sandbox takes any, as the emulated carriers do, and sends on to loopback addresses.
    mayReach: (url: string) => config.sandbox || guarded.mayReach(url),
    mayFetch: (url: string) => config.sandbox || guarded.mayFetch(url),
    publicUrl,
  };
  const parts = createParts(config, store, log, addresses, metrics);
  const lost = new LossLog(log, 'lost', 'webhooks were not sent on to their statusUrl');
  const forwarder = new Forwarder({
    send: (request) => guarded.send(request),
    log: parts.forwardLog,
    onLoss: () => lost.add(),
  });
  const rateLimiter = createRateLimiter(config, store, options.authenticate !== undefined);
  const access = new CurrentAccess(config.access, onIssuerChange(log));
  const tracer = await loadTracer();
  const observer = metrics?.operations;
  const calls = parts.accounts;
  const executor = new Executor({ config, schema, calls, log, rateLimiter, tracer, observer, store });
  await executor.start();
  const reloads = new Reloads(config, log);
  reloads.onReload((next) => () => parts.set(next));
  reloads.onReload((next) => access.prepare(next.access));
  reloads.onReload((next) => executor.sources?.known?.prepare(next.operations?.files) ?? (() => undefined));
  return {
    config,
    log,
    store,
    metrics,
    parts,
    executor,
    authenticate: options.authenticate ?? access.authenticate,
    reloads,
    forwarder,
    guarded,
    async close() {
      await executor.stop();
      await forwarder.close();
      lost.end();
      await guarded.close();
      await parts.events.close();
      await parts.accounts.close();
      await store.close();
    },
  };
}

function onIssuerChange(log: Logger): OnIssuerChange {
  return (err, what) => {
    if (err === undefined) log.info({}, `the ${what} of the token issuer can be fetched again`);
    else log.warn({ err }, `the ${what} of the token issuer cannot be fetched`);
  };
}
