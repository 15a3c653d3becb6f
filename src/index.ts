import { registry } from './adapters/registry.ts';
import type { CallsApi, CallsApiOptions, PluginOptions } from './api/calls-api.ts';
import { checkHostOptions } from './api/check-host-options.ts';
import { createCore } from './api/create-core.ts';
import { EmbeddedOperations, toAuthenticate } from './api/embedded-operations.ts';
import { loadSchemaOf } from './api/load-schema-of.ts';
import { ConfigError, readOptions, withAccounts } from './config/config.ts';
import { printSdl } from './graphql/print-sdl.ts';
import type { Logger } from './runtime/logger.ts';
import { createEndpoint } from './server/create-endpoint.ts';
import { createListener } from './server/embedding/create-listener.ts';
import { createPlugin } from './server/embedding/create-plugin.ts';
import { createSubscribe } from './server/embedding/create-subscribe.ts';
import { HostLog } from './server/embedding/host-log.ts';

export type {
  EmbeddedCaller,
  EmbeddedContext,
  EmbeddedOrigin,
  EmbeddedRequest,
  HostAuthenticate,
} from './api/embedded-request.ts';
export type { ProviderDefinition } from './calls/calls-adapter.ts';
export type { AccountOptions } from './config/options.ts';
export type { FormattedResult } from './graphql/to-formatted.ts';
export type { CallsApi, CallsApiOptions, Logger, PluginOptions };
export { ConfigError };

/**
 * Creates an API without a server of its own.
 *
 * @throws ConfigError with one line for each problem of the options
 */
export async function createCallsApi(options: CallsApiOptions = {}): Promise<CallsApi> {
  checkHostOptions(options, registry);
  const { logger, adapters = [], authenticate, metrics = false, ...settings } = options;
  const hostLog = new HostLog();
  hostLog.target = logger;
  const known = { ...registry, ...Object.fromEntries(adapters.map((each) => [each.provider, each])) };
  const emulated = settings.accounts === undefined ? await import('./sandbox/index.ts') : undefined;
  const read = readOptions(known, settings, emulated?.sandboxKeys);
  const schema = loadSchemaOf(adapters, read.subgraph);
  const sandbox = read.sandboxPorts && (await emulated?.startSandbox({ ports: read.sandboxPorts }));
  const config = sandbox === undefined ? read : withAccounts(read, known, sandbox.accounts);
  const core = await createCore(config, {
    log: hostLog,
    schema,
    measures: metrics,
    listens: false,
    publicUrl: () => config.publicUrl,
    webhooksUrl: () => config.publicUrl?.concat('/webhooks'),
    ...(authenticate && { authenticate: toAuthenticate(authenticate) }),
  }).catch(async (error: unknown) => {
    await sandbox?.close();
    throw error;
  });
  const served = createEndpoint(core);
  const http = createListener(core, served, hostLog);
  const operations = new EmbeddedOperations(core.executor);
  const subscribe = createSubscribe(served, operations);
  /** Where anybody could place real calls, nobody can by HTTP. */
  const requireAccess = <T>(value: T): T => {
    if (config.sandbox || settings.access !== undefined || authenticate !== undefined) return value;
    throw new ConfigError([{ path: 'access', message: noAccess }]);
  };
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    served.streams.close();
    await http.close();
    await core.close();
    core.metrics?.close();
    await sandbox?.close();
  };
  return {
    schema: core.executor.schema,
    typeDefs: printSdl(core.executor.schema),
    context: (origin) => operations.context(origin),
    execute: (request) => operations.execute(request),
    subscribe,
    metrics: core.metrics,
    accounts: {
      set: (accounts) => {
        if (closing !== undefined) throw new Error('The API has been closed.');
        core.reloads.reload(readOptions(known, { ...settings, accounts }, emulated?.sandboxKeys));
      },
    },
    get fastify() {
      const onLog = (log: Logger) => {
        hostLog.target ??= log;
      };
      return requireAccess(createPlugin(core, served, onLog));
    },
    get listener() {
      return requireAccess(http.listener);
    },
    get upgrade() {
      return requireAccess(http.upgrade);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

const noAccess =
  'is needed for operations that come by HTTP: rules, an `authenticate` function, or `open` for everybody';
