import type { FastifyBaseLogger } from 'fastify';
import type { CallsDependencies } from '../calls/calls.ts';
import { withRecentCalls } from '../calls/lists/with-recent-calls.ts';
import { Idempotency } from '../calls/placing/idempotency.ts';
import type { Config } from '../config/config.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds after its deadline for which an operation may still be running. */
const leaseMargin = 5_000;

/** Creates what all operations share: an adapter for each account, and idempotency keys. */
export function createParts(
  { accounts, limits }: Config,
  store: Store,
  log: FastifyBaseLogger,
): CallsDependencies {
  const adapters = accounts.map(({ factory, settings, entry }) =>
    withRecentCalls(factory.create(settings, entry)),
  );
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
      onStoreFailure: (err) =>
        log.warn({ err }, 'a call was not placed: its idempotencyKey could not be kept'),
    }),
    limits,
  };
}
