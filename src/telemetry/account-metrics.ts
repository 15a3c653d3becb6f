import type { AccountObserver, ClientState } from '../runtime/request-observer.ts';
import type { Meter } from './meter.ts';

/** The time series of the requests to each account. */
export function createAccountMetrics(meter: Meter) {
  const states = new Map<string, () => ClientState>();
  const duration = meter.histogram(
    'calls_provider_request_duration_seconds',
    'Duration of each attempt at a request to a provider, by status class or by why there was no response.',
    ['account', 'method', 'path', 'status'],
    [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  );
  const retries = meter.counter(
    'calls_provider_retries_total',
    'Attempts that repeated a request.',
    'account',
  );
  const waits = meter.histogram(
    'calls_provider_wait_seconds',
    'How long requests have waited to be sent: for a turn under `callsPerSecond`, or for a connection.',
    ['account', 'reason'],
    [0.01, 0.1, 0.5, 1, 5, 10, 30],
  );
  const lost = meter.counter(
    'calls_provider_unknown_outcomes_total',
    'Changes of which the provider did not tell whether they took effect.',
    'account',
  );
  /** A gauge of each account, by the values of a label. */
  const gauge = (name: string, help: string, label: string, read: ReadGauge): void =>
    meter.gauge(name, help, ['account', label], (set) => {
      for (const [account, state] of states) {
        for (const [value, figure] of Object.entries(read(state())))
          set.set({ account, [label]: value }, figure);
      }
    });
  gauge(
    'calls_provider_circuit_state',
    'The state of the circuit breaker: 1 for the state it is in, 0 for the others.',
    'state',
    ({ breaker }) => ({ closed: 0, 'half-open': 0, open: 0, [breaker]: 1 }),
  );
  gauge(
    'calls_provider_waiting_requests',
    'Requests that wait to be sent.',
    'reason',
    ({ waiting }) => waiting,
  );
  meter.gauge(
    'calls_provider_retry_budget',
    'Retries that the retry budget still allows.',
    ['account'],
    (budget) => {
      for (const [account, state] of states) budget.set({ account }, state().retriesLeft);
    },
  );
  return {
    /** Shows the state of an account no longer. What was counted of it stays. */
    forget: (account: string) => void states.delete(account),
    /** The observer of an account's requests. */
    observerOf(account: string): AccountObserver {
      const label = { account };
      retries.inc(label, 0);
      lost.inc(label, 0);
      return {
        watch: (read) => states.set(account, read),
        requested: ({ method, template: path, resends }, result, milliseconds) => {
          const status = typeof result === 'number' ? `${Math.floor(result / 100)}xx` : result;
          duration.observe({ account, method, path, status }, milliseconds / 1000);
          if (resends > 0) retries.inc(label);
        },
        waited: (reason, milliseconds) => waits.observe({ account, reason }, milliseconds / 1000),
        lost: () => lost.inc(label),
      };
    },
  };
}

/** Figures of a gauge, by the value of its label. */
type ReadGauge = (state: ClientState) => Readonly<Record<string, number>>;
