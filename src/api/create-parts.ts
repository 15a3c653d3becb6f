import { AccountPoller } from '../calls/events/account-poller.ts';
import { CallEventHub } from '../calls/events/call-event-hub.ts';
import { MemoryEventLog } from '../calls/events/memory-event-log.ts';
import { PollLease } from '../calls/events/poll-lease.ts';
import { RedisEventLog } from '../calls/events/redis-event-log.ts';
import type { StatusHooks, StatusHooksOptions } from '../calls/events/status-hooks.ts';
import { createForwardLog } from '../calls/forwarding/create-forward-log.ts';
import type { ForwardLog } from '../calls/forwarding/forward-log.ts';
import { Idempotency } from '../calls/placing/idempotency.ts';
import type { Config } from '../config/config.ts';
import { Hosting } from '../hosting/hosting.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Store } from '../store/store.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { AccountStates } from './account-state.ts';
import { Accounts, type OpenAccount } from './accounts.ts';
import { openAdapter } from './open-adapter.ts';

/** Milliseconds after its deadline for which an operation may still be running. */
const leaseMargin = 5_000;

/** What all operations share, and what receives webhooks. */
export interface Parts {
  readonly accounts: Accounts;
  readonly events: CallEventHub;
  readonly forwardLog: ForwardLog;
  readonly hosting: Hosting;
  statusHooksOf(accountKey: string): StatusHooks | undefined;
  /** Puts other accounts and limits in place of the current ones. */
  set(next: Pick<Config, 'accounts' | 'limits'>): void;
}

/** The addresses at which providers reach this server, and those that it may send requests to. */
export interface WebhookAddresses extends Pick<StatusHooksOptions, 'baseUrl' | 'mayReach'> {
  /** Whether there will be a `baseUrl` once the server listens. */
  readonly isReachable: boolean;
  /** Where providers reach this server, without a slash at the end. */
  readonly publicUrl: () => string | undefined;
  readonly mayFetch: (url: string) => boolean;
}

/** Creates what all operations share: an adapter for each account, idempotency keys, and the changes of calls. */
export function createParts(
  config: Config,
  store: Store,
  log: Logger,
  addresses: WebhookAddresses,
  metrics?: Metrics,
): Parts {
  const { isReachable, baseUrl, mayReach, publicUrl, mayFetch } = addresses;
  const states = new AccountStates({ baseUrl, mayReach, store, settings: config.store });
  const cipherOf = (accountKey: string) => states.ciphers.get(accountKey);
  const hosting = new Hosting({ store, cipherOf, isReachable, baseUrl: publicUrl, mayFetch });
  const isWebhookAccount = ({ adapter, configured }: OpenAccount) =>
    adapter.readWebhook !== undefined && (isReachable || configured.webhookSecret !== undefined);
  const events: CallEventHub = new CallEventHub({
    log: config.store === undefined ? new MemoryEventLog() : new RedisEventLog(store, cipherOf),
    accounts: new Map(),
    createPoller: (key, hub) => {
      const found = accounts.current.open.get(key);
      if (found === undefined) return undefined;
      return new AccountPoller({
        adapter: found.adapter,
        hasWebhooks: found.configured.webhookSecret !== undefined,
        lease: store.run && new PollLease(store, key),
        events: hub,
      });
    },
    onEnd: (call) => hosting.end(call),
    awaitsEnd: (call) => hosting.isHosted(call),
    onFailure: (err) => log.warn({ err }, 'changes of calls cannot be told: subscribers will get a GAP'),
    onRecovery: () => log.info({}, 'changes of calls are told again'),
  });
  const idempotency = new Idempotency(store, {
    lease: config.limits.readDeadline + leaseMargin,
    alsoWrite: (call) => states.get(call.account.key)?.shared?.toWrite(call),
    cipherOf,
    // A cluster, which earlier versions did not support, has them on other nodes.
    hasEarlierKeys: config.store !== undefined && !config.store.cluster,
    onStoreFailure: (err) => log.warn({ err }, 'a call was not placed: its idempotencyKey could not be kept'),
  });
  let { limits } = config;
  const accounts: Accounts = new Accounts(config.accounts, {
    openAdapter: (configured) =>
      openAdapter(configured, states.of(configured), { store, log, metrics, hosting }),
    toCalls: (open) => ({
      adapters: new Map([...open].map(([key, { adapter }]) => [key, adapter])),
      webhookAccounts: new Set([...open].filter(([, each]) => isWebhookAccount(each)).map(([key]) => key)),
      idempotency,
      events,
      limits,
    }),
  });
  const follow = (changed: readonly string[]) => {
    const all = [...accounts.current.adapters.values()].map(({ account }) => [account.key, account] as const);
    events.setAccounts(new Map(all), changed);
  };
  follow(config.accounts.map(({ entry }) => entry.key));
  return {
    accounts,
    events,
    hosting,
    forwardLog: createForwardLog(store, states.ciphers, config.accounts.length),
    statusHooksOf: (accountKey) => states.get(accountKey)?.statusHooks,
    set(next) {
      limits = next.limits;
      for (const each of next.accounts) states.of(each).renew(each);
      const changed = accounts.set(next.accounts);
      for (const key of changed) if (!accounts.current.open.has(key)) metrics?.accounts.forget(key);
      follow(changed);
    },
  };
}
