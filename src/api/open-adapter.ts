import type { CallsAdapter } from '../calls/calls-adapter.ts';
import { withStatusHooks } from '../calls/events/with-status-hooks.ts';
import { withRecentCalls } from '../calls/lists/with-recent-calls.ts';
import type { ConfiguredAccount } from '../config/accounts.ts';
import type { Hosting } from '../hosting/hosting.ts';
import { withHostedDocuments } from '../hosting/with-hosted-documents.ts';
import type { Logger } from '../runtime/logger.ts';
import { createCallMarks } from '../store/call-marks.ts';
import type { Store } from '../store/store.ts';
import { createTakeTurn } from '../store/take-turn.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { AccountState } from './account-state.ts';

export interface OpenAdapterParts {
  readonly store: Store;
  readonly log: Logger;
  readonly metrics: Metrics | undefined;
  readonly hosting: Hosting;
}

/** Creates the adapter of an account, with all that is kept of the account around it. */
export function openAdapter(
  { factory, settings, entry }: ConfiguredAccount,
  state: AccountState,
  { store, log, metrics, hosting }: OpenAdapterParts,
): CallsAdapter {
  const takeTurn = createTakeTurn(store, entry.key);
  const muted = createCallMarks(store, entry.key, 'muted');
  const limits = { ...entry.limits, takeTurn, observer: metrics?.accounts.observerOf(entry.key) };
  metrics?.operations.addAccount(entry.key);
  const adapter = factory.create(settings, { ...entry, muted, limits, hostsDocuments: hosting.isReachable });
  const { account, health } = adapter;
  state.account = account;
  health.onChange = () => {
    const { state: now, code } = health;
    log[now === 'OK' ? 'info' : 'warn']({ account: account.key, state: now, code }, 'account health');
  };
  const told = withStatusHooks(withRecentCalls(adapter, state.recent), state.statusHooks);
  return withHostedDocuments(told, hosting);
}
