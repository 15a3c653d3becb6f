import { monitorEventLoopDelay } from 'node:perf_hooks';
import { LabelValues } from './label-values.ts';
import type { Meter } from './meter.ts';

/** Milliseconds between two measurements of the event loop. */
const resolution = 10;

/** The time series of the event loop. Returns a function that ends the measurement. */
export function watchEventLoop(meter: Meter): () => void {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  meter.gauge(
    'calls_event_loop_delay_seconds',
    'How late timers were since the last scrape.',
    ['quantile'],
    (gauge) => {
      for (const quantile of [0.5, 0.99, 1]) {
        gauge.set({ quantile }, toSeconds(delay.percentile(100 * quantile)));
      }
      delay.reset();
    },
  );
  return () => delay.disable();
}

/** Node measures the time between two timers, which includes the interval itself. */
function toSeconds(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e9 - resolution / 1e3);
}

/** What the metrics read of a store. */
export interface MonitoredStore {
  readonly health: { readonly state: string };
  /** How many commands have failed, by the code of the failure. */
  readonly failures: ReadonlyMap<string, number>;
}

/** The time series of a store. */
export function watchStore(meter: Meter, store: MonitoredStore): void {
  const codes = new LabelValues();
  meter.gauge('calls_store_up', 'Whether the store works and can be relied on: 1, else 0.', [], (gauge) =>
    gauge.set(store.health.state === 'ok' ? 1 : 0),
  );
  meter.countedAgain(
    'calls_store_errors_total',
    'Commands of the store that have failed.',
    'code',
    (counter) => {
      for (const [code, count] of store.failures) counter.inc({ code: codes.bound(code) }, count);
    },
  );
}
