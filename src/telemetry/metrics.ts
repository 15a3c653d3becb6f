import type { AccountObserver } from '../runtime/request-observer.ts';
import { createAccountMetrics } from './account-metrics.ts';
import { createHostingMetrics } from './hosting-metrics.ts';
import { Meter, type PromClient } from './meter.ts';
import { createOperationMetrics } from './operation-metrics.ts';
import { type MonitoredStore, watchEventLoop, watchStore } from './process-metrics.ts';
import { createStreamMetrics } from './stream-metrics.ts';

/**
 * The metrics of one server, in a registry of its own: a process may have several servers. No label has an id, a phone
 * number or a text that a caller chooses, so the number of time series is bounded.
 */
export class Metrics {
  readonly operations;
  readonly streams;
  readonly hosting;
  /** Ends what measures by itself. */
  readonly close: () => void;
  readonly #meter: Meter;
  readonly #accounts;

  constructor(client: PromClient) {
    this.#meter = new Meter(client);
    this.operations = createOperationMetrics(this.#meter);
    this.streams = createStreamMetrics(this.#meter);
    this.hosting = createHostingMetrics(this.#meter);
    this.#accounts = createAccountMetrics(this.#meter);
    this.close = watchEventLoop(this.#meter);
  }

  /** The observer of an account's requests. */
  observerOf(accountKey: string): AccountObserver {
    this.operations.addAccount(accountKey);
    return this.#accounts.observerOf(accountKey);
  }

  /** Shows the state of an account no longer. What was counted of it stays. */
  forgetAccount(accountKey: string): void {
    this.#accounts.forget(accountKey);
  }

  watchStore(store: MonitoredStore): void {
    watchStore(this.#meter, store);
  }

  /** The media type of `read`. */
  get contentType(): string {
    return this.#meter.registry.contentType;
  }

  /** All time series in Prometheus's text format, version 0.0.4. */
  read(): Promise<string> {
    return this.#meter.registry.metrics();
  }
}
