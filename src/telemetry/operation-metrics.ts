import type { Counter, Histogram, Registry } from 'prom-client';
import { LabelValues } from './label-values.ts';
import type { PromClient } from './prom-client.ts';

/** The time series of what clients have requested. */
export class OperationMetrics {
  readonly #duration: Histogram<'type'>;
  readonly #errors: Counter<'code'>;
  readonly #replays: Counter<'account'>;
  readonly #refused: Counter<'code'>;
  readonly #shed: Counter;
  readonly #codes = new LabelValues();

  constructor({ Counter, Histogram }: PromClient, registry: Registry) {
    const registers = [registry];
    this.#duration = new Histogram({
      name: 'calls_operation_duration_seconds',
      help: 'Duration of each operation, by its type; `none` is a request without a valid operation.',
      labelNames: ['type'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#errors = new Counter({
      name: 'calls_operation_errors_total',
      help: 'Operations with an error of this code, among `userErrors` and `unavailable` too.',
      labelNames: ['code'],
      registers,
    });
    this.#replays = new Counter({
      name: 'calls_replays_total',
      help: 'Calls that were not placed, because an earlier request with the same idempotencyKey had placed them.',
      labelNames: ['account'],
      registers,
    });
    this.#refused = new Counter({
      name: 'calls_refused_requests_total',
      help: 'Requests of callers who are unknown or have exceeded their rate limit.',
      labelNames: ['code'],
      registers,
    });
    this.#shed = new Counter({
      name: 'calls_shed_requests_total',
      help: 'Requests that were answered with 503 because of overload.',
      registers,
    });
  }

  /** Is called when an operation has ended: see `OperationObserver`. */
  ended(
    type: string | undefined,
    milliseconds: number,
    codes: readonly string[],
    replayedAt: readonly string[],
  ): void {
    this.#duration.observe({ type: type ?? 'none' }, milliseconds / 1000);
    for (const code of codes) this.#errors.inc({ code: this.#codes.bound(code) });
    for (const account of replayedAt) this.#replays.inc({ account });
  }

  /** Makes the series of an account exist before anything is counted. */
  addAccount(account: string): void {
    this.#replays.inc({ account }, 0);
  }

  refused(code: string): void {
    this.#refused.inc({ code: this.#codes.bound(code) });
  }

  shed(): void {
    this.#shed.inc();
  }
}
