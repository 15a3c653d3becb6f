import { createAccountMetrics } from './account-metrics.ts';
import { createHostingMetrics } from './hosting-metrics.ts';
import { Meter, type PromClient } from './meter.ts';
import { createOperationMetrics } from './operation-metrics.ts';
import { type MonitoredStore, watchEventLoop, watchStore } from './process-metrics.ts';
import { createStreamMetrics } from './stream-metrics.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * The metrics of one server, in a registry of its own: a process may have several servers. No label has an id, a phone
 * number or a text that a caller chooses, so the number of time series is bounded.
 */
export function createMetrics(client: PromClient, store: MonitoredStore) {
  const meter = new Meter(client);
  watchStore(meter, store);
  return {
    operations: createOperationMetrics(meter),
    streams: createStreamMetrics(meter),
    hosting: createHostingMetrics(meter),
    accounts: createAccountMetrics(meter),
    /** Ends what measures by itself. */
    close: watchEventLoop(meter),
    /** The media type of `read`. */
    contentType: meter.registry.contentType,
    /** All time series in Prometheus's text format, version 0.0.4. */
    read: () => meter.registry.metrics(),
  };
}
