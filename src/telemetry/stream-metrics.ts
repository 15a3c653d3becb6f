import type { Meter } from './meter.ts';

/** The time series of subscriptions. */
export function createStreamMetrics(meter: Meter) {
  const events = meter.counter(
    'calls_stream_events_total',
    'Events that were sent to subscribers, by kind; `GAP` tells a subscriber that events are lost.',
    'kind',
  );
  const ended = meter.counter(
    'calls_ended_streams_total',
    'Subscriptions that have ended, by reason; `slow reader` was cut because it did not read.',
    'reason',
  );
  for (const kind of ['CREATED', 'CHANGED', 'ENDED', 'GAP']) events.inc({ kind }, 0);
  for (const reason of ['client', 'shutdown', 'slow reader']) ended.inc({ reason }, 0);
  return {
    /** Adds the time series of what is open. */
    watch: (streams: { readonly size: number }) =>
      meter.gauge('calls_open_streams', 'Subscriptions that are open.', [], (gauge) =>
        gauge.set(streams.size),
      ),
    sent: (kind: string) => events.inc({ kind }),
    ended: (reason: string) => ended.inc({ reason }),
  };
}
