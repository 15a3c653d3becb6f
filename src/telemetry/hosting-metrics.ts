import type { Counter, Registry } from 'prom-client';
import type { PromClient } from './prom-client.ts';

/** The time series of hosted documents and of the callbacks in them. */
export class HostingMetrics {
  readonly #requests: Counter<'kind' | 'outcome'>;

  constructor(client: PromClient, registry: Registry) {
    this.#requests = new client.Counter({
      name: 'calls_hosted_requests_total',
      help: 'Requests of providers for documents and callbacks that this server hosts; `expired` ended the call.',
      labelNames: ['kind', 'outcome'],
      registers: [registry],
    });
    for (const kind of ['document', 'callback']) {
      for (const outcome of ['served', 'expired', 'unknown', 'failed'])
        this.#requests.inc({ kind, outcome }, 0);
    }
  }

  served(kind: string, outcome: string): void {
    this.#requests.inc({ kind, outcome });
  }
}
