import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AccountObserver, ClientState } from '../runtime/request-observer.ts';
import type { PromClient } from './prom-client.ts';

/** The time series of the requests to each account. */
export class AccountMetrics {
  readonly #duration: Histogram<'account' | 'method' | 'path' | 'status'>;
  readonly #retries: Counter<'account'>;
  readonly #waits: Histogram<'account' | 'reason'>;
  readonly #lost: Counter<'account'>;
  readonly #states = new Map<string, () => ClientState>();

  constructor({ Counter, Gauge, Histogram }: PromClient, registry: Registry) {
    const registers = [registry];
    const states = this.#states;
    this.#duration = new Histogram({
      name: 'calls_provider_request_duration_seconds',
      help: 'Duration of each attempt at a request to a provider, by status class or by why there was no response.',
      labelNames: ['account', 'method', 'path', 'status'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#retries = new Counter({
      name: 'calls_provider_retries_total',
      help: 'Attempts that repeated a request.',
      labelNames: ['account'],
      registers,
    });
    this.#waits = new Histogram({
      name: 'calls_provider_wait_seconds',
      help: 'How long requests have waited to be sent: for a turn under `callsPerSecond`, or for a connection.',
      labelNames: ['account', 'reason'],
      buckets: [0.01, 0.1, 0.5, 1, 5, 10, 30],
      registers,
    });
    this.#lost = new Counter({
      name: 'calls_provider_unknown_outcomes_total',
      help: 'Changes of which the provider did not tell whether they took effect.',
      labelNames: ['account'],
      registers,
    });
    /** A gauge that is read when it is scraped. */
    const gauge = (name: string, help: string, label: string | undefined, read: ReadGauge): Gauge =>
      new Gauge<string>({
        name,
        help,
        labelNames: ['account', ...(label === undefined ? [] : [label])],
        registers,
        collect() {
          this.reset();
          for (const [account, state] of states) {
            for (const [value, figure] of Object.entries(read(state()))) {
              this.set({ account, ...(label !== undefined && { [label]: value }) }, figure);
            }
          }
        },
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
    gauge(
      'calls_provider_retry_budget',
      'Retries that the retry budget still allows.',
      undefined,
      ({ retriesLeft }) => ({ '': retriesLeft }),
    );
  }

  forget(account: string): void {
    this.#states.delete(account);
  }

  observerOf(account: string): AccountObserver {
    const label = { account };
    this.#retries.inc(label, 0);
    this.#lost.inc(label, 0);
    return {
      watch: (read) => this.#states.set(account, read),
      requested: ({ method, template: path, resends }, result, milliseconds) => {
        const status = typeof result === 'number' ? `${Math.floor(result / 100)}xx` : result;
        this.#duration.observe({ account, method, path, status }, milliseconds / 1000);
        if (resends > 0) this.#retries.inc(label);
      },
      waited: (reason, milliseconds) => this.#waits.observe({ account, reason }, milliseconds / 1000),
      lost: () => this.#lost.inc(label),
    };
  }
}

/** Figures of a gauge, by the value of its label. */
type ReadGauge = (state: ClientState) => Readonly<Record<string, number>>;
