import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Registry } from 'prom-client';
import { LabelValues } from './label-values.ts';
import type { PromClient } from './prom-client.ts';

/** Milliseconds between two measurements of the event loop. */
const resolution = 10;

/** The time series of the process itself: its event loop and its store. */
export class ProcessMetrics {
  readonly #client: PromClient;
  readonly #registry: Registry;
  readonly #delay = monitorEventLoopDelay({ resolution });

  constructor(client: PromClient, registry: Registry) {
    this.#client = client;
    this.#registry = registry;
    const delay = this.#delay;
    delay.enable();
    new client.Gauge({
      name: 'calls_event_loop_delay_seconds',
      help: 'How late timers were since the last scrape.',
      labelNames: ['quantile'],
      registers: [registry],
      collect() {
        for (const quantile of [0.5, 0.99, 1]) {
          this.set({ quantile }, toSeconds(delay.percentile(100 * quantile)));
        }
        delay.reset();
      },
    });
  }

  /** Adds the time series of a store. */
  watchStore(store: MonitoredStore): void {
    const { Counter, Gauge } = this.#client;
    const registers = [this.#registry];
    const codes = new LabelValues();
    new Gauge({
      name: 'calls_store_up',
      help: 'Whether the store works and can be relied on: 1, else 0.',
      registers,
      collect() {
        this.set(store.health.state === 'ok' ? 1 : 0);
      },
    });
    new Counter({
      name: 'calls_store_errors_total',
      help: 'Commands of the store that have failed.',
      labelNames: ['code'],
      registers,
      collect() {
        this.reset();
        for (const [code, count] of store.failures) this.inc({ code: codes.bound(code) }, count);
      },
    });
  }

  close(): void {
    this.#delay.disable();
  }
}

/** What the metrics read of a store. */
export interface MonitoredStore {
  readonly health: { readonly state: string };
  /** How many commands have failed, by the code of the failure. */
  readonly failures: ReadonlyMap<string, number>;
}

/** Node measures the time between two timers, which includes the interval itself. */
function toSeconds(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e9 - resolution / 1e3);
}
