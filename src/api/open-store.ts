import { ConfigError } from '../config/config.ts';
import type { StoreSettings } from '../config/store-settings.ts';
import type { Logger } from '../runtime/logger.ts';
import { createStore } from '../store/create-store.ts';
import { hazards } from '../store/redis-hazard.ts';
import type { Store, StoreHealth } from '../store/store.ts';
import { requirePackage } from './require-package.ts';

/**
 * Creates the store, watches it and logs each change of its health.
 *
 * @throws ConfigError if the package of the client is not installed, or if `store.strict` is set and Redis may lose
 *   idempotency keys
 */
export async function openStore(settings: StoreSettings | undefined, log: Logger): Promise<Store> {
  // An embedded API may do without the client.
  if (settings !== undefined) await requirePackage('store', 'ioredis@5', () => import('ioredis'));
  const store = createStore(settings, (health) => {
    if (health.state === 'ok') log.info({ store: health }, 'the store works');
    else log.warn({ store: health }, hazardIn(health) ?? 'the store does not work');
  });
  const watched = store.watch();
  // Unless it is strict, a Redis that does not answer delays no start: until it does, it takes no keys.
  if (settings?.strict) await watched;
  const message = hazardIn(store.health);
  if (!settings?.strict || message === undefined) return store;
  await store.close();
  throw new ConfigError([{ path: 'store', message }]);
}

function hazardIn(health: StoreHealth): string | undefined {
  const messages: Readonly<Record<string, string>> = hazards;
  return health.state === 'ok' ? undefined : messages[health.code];
}
