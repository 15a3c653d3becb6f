import type { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type PromClient = typeof import('prom-client');

/** Creates metrics in one registry. */
export class Meter {
  readonly registry: Registry;
  readonly #client: PromClient;

  constructor(client: PromClient) {
    this.#client = client;
    this.registry = new client.Registry<typeof client.prometheusContentType>();
  }

  counter<Label extends string = never>(name: string, help: string, ...labelNames: Label[]): Counter<Label> {
    return new this.#client.Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** @param buckets their upper bounds, in seconds */
  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets: number[],
  ): Histogram<Label> {
    return new this.#client.Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }

  /** @param read sets the gauge whenever it is scraped */
  gauge(name: string, help: string, labelNames: string[], read: (gauge: Gauge<string>) => void): void {
    const registers = [this.registry];
    const gauge = new this.#client.Gauge<string>({ name, help, labelNames, registers, collect });
    function collect(): void {
      gauge.reset();
      read(gauge);
    }
  }

  /** @param read counts from 0 whenever the counter is scraped */
  countedAgain(name: string, help: string, label: string, read: (counter: Counter<string>) => void): void {
    const registers = [this.registry];
    const counter = new this.#client.Counter<string>({ name, help, labelNames: [label], registers, collect });
    function collect(): void {
      counter.reset();
      read(counter);
    }
  }
}
