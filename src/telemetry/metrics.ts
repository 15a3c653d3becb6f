import type { Registry } from 'prom-client';
import type { AccountObserver } from '../runtime/request-observer.ts';
import { AccountMetrics } from './account-metrics.ts';
import { HostingMetrics } from './hosting-metrics.ts';
import { OperationMetrics } from './operation-metrics.ts';
import { type MonitoredStore, ProcessMetrics } from './process-metrics.ts';
import type { PromClient } from './prom-client.ts';
import { StreamMetrics } from './stream-metrics.ts';

/**
 * The metrics of one server, in a registry of its own: a process may have several servers. No label has an id, a phone
 * number or a text that a caller chooses, so the number of time series is bounded.
 */
export class Metrics {
  readonly operations: OperationMetrics;
  readonly streams: StreamMetrics;
  readonly hosting: HostingMetrics;
  readonly #registry: Registry;
  readonly #accounts: AccountMetrics;
  readonly #process: ProcessMetrics;

  constructor(client: PromClient) {
    this.#registry = new client.Registry<typeof client.prometheusContentType>();
    this.operations = new OperationMetrics(client, this.#registry);
    this.streams = new StreamMetrics(client, this.#registry);
    this.hosting = new HostingMetrics(client, this.#registry);
    this.#accounts = new AccountMetrics(client, this.#registry);
    this.#process = new ProcessMetrics(client, this.#registry);
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
    this.#process.watchStore(store);
  }

  /** The media type of `read`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All time series in Prometheus's text format, version 0.0.4. */
  read(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): void {
    this.#process.close();
  }
}
