import type { FastifyBaseLogger } from 'fastify';
import type { CallsDependencies } from '../calls/calls.ts';
import { RecentCalls } from '../calls/lists/recent-calls.ts';
import { SharedCalls } from '../calls/lists/shared-calls.ts';
import { withRecentCalls } from '../calls/lists/with-recent-calls.ts';
import { digestOf } from '../calls/placing/attempt.ts';
import { Idempotency } from '../calls/placing/idempotency.ts';
import type { Config } from '../config/config.ts';
import { toRecord } from '../config/to-record.ts';
import { createCallMarks } from '../store/call-marks.ts';
import { Cipher } from '../store/cipher.ts';
import type { Store } from '../store/store.ts';
import { createTakeTurn } from '../store/take-turn.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** Milliseconds after its deadline for which an operation may still be running. */
const leaseMargin = 5_000;

/** Creates what all operations share: an adapter for each account, and idempotency keys. */
export function createParts(
  config: Config,
  store: Store,
  log: FastifyBaseLogger,
  metrics?: Metrics,
): CallsDependencies {
  const { accounts, limits } = config;
  const ciphers = createCiphers(config);
  const shared = new Map([...ciphers].map(([key, cipher]) => [key, new SharedCalls(store, key, cipher)]));
  const adapters = accounts.map(({ factory, settings, entry }) => {
    const takeTurn = createTakeTurn(store, entry.key);
    const muted = createCallMarks(store, entry.key, 'muted');
    const observer = metrics?.observerOf(entry.key);
    const limits = { ...entry.limits, takeTurn, observer };
    const adapter = factory.create(settings, { ...entry, muted, limits });
    const calls = shared.get(entry.key);
    const readShared = calls && (() => calls.readNew(adapter.account));
    return withRecentCalls(adapter, new RecentCalls(Date.now, readShared));
  });
  for (const { account, health } of adapters) {
    health.onChange = () => {
      const { state, code } = health;
      log[state === 'OK' ? 'info' : 'warn']({ account: account.key, state, code }, 'account health');
    };
  }
  return {
    adapters: new Map(adapters.map((adapter) => [adapter.account.key, adapter])),
    idempotency: new Idempotency(store, {
      lease: limits.readDeadline + leaseMargin,
      alsoWrite: (call) => shared.get(call.account.key)?.toWrite(call),
      cipherOf: (accountKey) => ciphers.get(accountKey),
      // A cluster, which earlier versions did not support, has them on other nodes.
      hasEarlierKeys: config.store !== undefined && !config.store.cluster,
      onStoreFailure: (err) =>
        log.warn({ err }, 'a call was not placed: its idempotencyKey could not be kept'),
    }),
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
