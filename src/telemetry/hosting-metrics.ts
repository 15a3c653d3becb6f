import type { Meter } from './meter.ts';

/** The time series of hosted documents and of the callbacks in them. */
export function createHostingMetrics(meter: Meter) {
  const requests = meter.counter(
    'calls_hosted_requests_total',
    'Requests of providers for documents and callbacks that this server hosts; `expired` ended the call.',
    'kind',
    'outcome',
  );
  for (const kind of ['document', 'callback']) {
    for (const outcome of ['served', 'expired', 'unknown', 'failed']) requests.inc({ kind, outcome }, 0);
  }
  return { served: (kind: string, outcome: string) => requests.inc({ kind, outcome }) };
}
