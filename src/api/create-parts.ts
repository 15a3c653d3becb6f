import { randomBytes } from 'node:crypto';
import type { CallsDependencies } from '../calls/calls.ts';
import { AccountPoller } from '../calls/events/account-poller.ts';
import { CallEventHub } from '../calls/events/call-event-hub.ts';
import { MemoryEventLog } from '../calls/events/memory-event-log.ts';
import { PollLease } from '../calls/events/poll-lease.ts';
import { RedisEventLog } from '../calls/events/redis-event-log.ts';
import { StatusHooks, type StatusHooksOptions } from '../calls/events/status-hooks.ts';
import { withStatusHooks } from '../calls/events/with-status-hooks.ts';
import { createForwardLog } from '../calls/forwarding/create-forward-log.ts';
import type { ForwardLog } from '../calls/forwarding/forward-log.ts';
import { RecentCalls } from '../calls/lists/recent-calls.ts';
import { SharedCalls } from '../calls/lists/shared-calls.ts';
import { withRecentCalls } from '../calls/lists/with-recent-calls.ts';
import { digestOf } from '../calls/placing/attempt.ts';
import { Idempotency } from '../calls/placing/idempotency.ts';
import type { Config } from '../config/config.ts';
import { toRecord } from '../config/to-record.ts';
import type { Hosting } from '../hosting/hosting.ts';
import { withHostedDocuments } from '../hosting/with-hosted-documents.ts';
import type { Logger } from '../runtime/logger.ts';
import { createCallMarks } from '../store/call-marks.ts';
import { Cipher } from '../store/cipher.ts';
import type { Store } from '../store/store.ts';
import { createTakeTurn } from '../store/take-turn.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createHosting } from './create-hosting.ts';

/** Milliseconds after its deadline for which an operation may still be running. */
const leaseMargin = 5_000;

/** What all operations share, and what receives webhooks. */
export interface Parts extends CallsDependencies {
  /** By account key. */
  readonly statusHooks: ReadonlyMap<string, StatusHooks>;
  readonly forwardLog: ForwardLog;
  readonly hosting: Hosting;
}

/** What is known of the way from and to the outside. */
export interface WebhookAddresses extends Pick<StatusHooksOptions, 'baseUrl' | 'mayReach'> {
  /** Whether there will be a `baseUrl` once the server listens. */
  readonly isReachable: boolean;
  /** Where providers reach this server, without a slash at the end. */
  readonly publicUrl: () => string | undefined;
  readonly mayFetch: (url: string) => boolean;
}

const noAddresses: WebhookAddresses = {
  isReachable: false,
  baseUrl: () => undefined,
  publicUrl: () => undefined,
  mayReach: () => true,
  mayFetch: () => true,
};

/** Creates what all operations share: an adapter for each account, idempotency keys, and the changes of calls. */
export function createParts(
  config: Config,
  store: Store,
  log: Logger,
  addresses: WebhookAddresses = noAddresses,
  metrics?: Metrics,
): Parts {
  const { accounts, limits } = config;
  const ciphers = createCiphers(config);
  const cipherOf = (accountKey: string) => ciphers.get(accountKey);
  const ofProcess = randomBytes(32).toString('base64url');
  const shared = new Map([...ciphers].map(([key, cipher]) => [key, new SharedCalls(store, key, cipher)]));
  const statusHooks = new Map(
    accounts.map(({ entry: { key } }) => {
      const cipher = ciphers.get(key);
      const seal = cipher ?? new Cipher(ofProcess, key);
      const options = { ...addresses, store, accountKey: key, cipher, seal };
      return [key, new StatusHooks(options)] as const;
    }),
  );
  const { isReachable, publicUrl, mayFetch } = addresses;
  const hosting = createHosting({ store, cipherOf, isReachable, baseUrl: publicUrl, mayFetch });
  const adapters = accounts.map(({ factory, settings, entry }) => {
    const takeTurn = createTakeTurn(store, entry.key);
    const muted = createCallMarks(store, entry.key, 'muted');
    const observer = metrics?.observerOf(entry.key);
    const limits = { ...entry.limits, takeTurn, observer };
    const adapter = factory.create(settings, { ...entry, muted, limits, hostsDocuments: isReachable });
    const calls = shared.get(entry.key);
    const readShared = calls && (() => calls.readNew(adapter.account));
    const complete = withRecentCalls(adapter, new RecentCalls(Date.now, readShared));
    const hooks = statusHooks.get(entry.key);
    const told = hooks === undefined ? complete : withStatusHooks(complete, hooks);
    return withHostedDocuments(told, hosting);
  });
  const webhookAccounts = adapters
    .filter((adapter, i) => {
      const isReached = addresses.isReachable || accounts[i]?.webhookSecret !== undefined;
      return adapter.readWebhook !== undefined && isReached;
    })
    .map(({ account }) => account.key);
  for (const { account, health } of adapters) {
    health.onChange = () => {
      const { state, code } = health;
      log[state === 'OK' ? 'info' : 'warn']({ account: account.key, state, code }, 'account health');
    };
  }
  const byKey = new Map(adapters.map((adapter) => [adapter.account.key, adapter]));
  const told = accounts.filter(({ webhookSecret }) => webhookSecret !== undefined);
  const withWebhooks = new Set(told.map(({ entry }) => entry.key));
  return {
    adapters: byKey,
    idempotency: new Idempotency(store, {
      lease: limits.readDeadline + leaseMargin,
      alsoWrite: (call) => shared.get(call.account.key)?.toWrite(call),
      cipherOf,
      // A cluster, which earlier versions did not support, has them on other nodes.
      hasEarlierKeys: config.store !== undefined && !config.store.cluster,
      onStoreFailure: (err) =>
        log.warn({ err }, 'a call was not placed: its idempotencyKey could not be kept'),
    }),
    events: new CallEventHub({
      log: config.store === undefined ? new MemoryEventLog() : new RedisEventLog({ store, cipherOf }),
      accounts: new Map(adapters.map(({ account }) => [account.key, account])),
      createPoller: (key, hub) => {
        const adapter = byKey.get(key);
        if (adapter === undefined) return undefined;
        return new AccountPoller({
          adapter,
          hasWebhooks: withWebhooks.has(key),
          lease: store.run && new PollLease(store, key),
          observe: (observation) => hub.observe(observation),
          learn: (observation) => hub.learn(observation),
        });
      },
      onEnd: (call) => hosting.end(call),
      onFailure: (err) => log.warn({ err }, 'changes of calls cannot be told: subscribers will get a GAP'),
      onRecovery: () => log.info({}, 'changes of calls are told again'),
    }),
    webhookAccounts: new Set(webhookAccounts),
    statusHooks,
    forwardLog: createForwardLog(store, ciphers, accounts.length),
    hosting,
    limits,
  };
}

/** What encrypts calls in a Redis, by account. By default with the credentials, which all processes have. */
function createCiphers({ accounts, store }: Config): ReadonlyMap<string, Cipher> {
  if (store === undefined) return new Map();
  return new Map(
    accounts.map(({ entry: { key }, settings }) => {
      const secret = store.secret ?? digestOf(toRecord(settings.auth) ?? settings);
      return [key, new Cipher(secret, key)];
    }),
  );
}
