import type { Counter, Registry } from 'prom-client';
import type { PromClient } from './prom-client.ts';

/** The time series of subscriptions. */
export class StreamMetrics {
  readonly #client: PromClient;
  readonly #registry: Registry;
  readonly #events: Counter<'kind'>;
  readonly #ended: Counter<'reason'>;

  constructor(client: PromClient, registry: Registry) {
    this.#client = client;
    this.#registry = registry;
    const registers = [registry];
    this.#events = new client.Counter({
      name: 'calls_stream_events_total',
      help: 'Events that were sent to subscribers, by kind; `GAP` tells a subscriber that events are lost.',
      labelNames: ['kind'],
      registers,
    });
    this.#ended = new client.Counter({
      name: 'calls_ended_streams_total',
      help: 'Subscriptions that have ended, by reason; `slow reader` was cut because it did not read.',
      labelNames: ['reason'],
      registers,
    });
    for (const kind of ['CREATED', 'CHANGED', 'ENDED', 'GAP']) this.#events.inc({ kind }, 0);
    for (const reason of ['client', 'shutdown', 'slow reader']) this.#ended.inc({ reason }, 0);
  }

  /** Adds the time series of what is open. */
  watch(streams: { readonly size: number }): void {
    new this.#client.Gauge({
      name: 'calls_open_streams',
      help: 'Subscriptions that are open.',
      registers: [this.#registry],
      collect() {
        this.set(streams.size);
      },
    });
  }

  sent(kind: string): void {
    this.#events.inc({ kind });
  }

  ended(reason: string): void {
    this.#ended.inc({ reason });
  }
}
