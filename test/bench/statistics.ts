import type { Heard } from './load.ts';
import type { Usage } from './usage.ts';

/** One server at one piece of work on so many connections, in one round. */
export interface Measured {
  /** Microseconds of processor time per request. */
  readonly cpu: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** Requests that the upstream was sent per request. */
  readonly asked: number;
  /** Rows that the upstream sent in lists per request. */
  readonly rows: number;
}

export interface Figure {
  readonly median: number;
  /** The largest less the smallest, as a share of the median. */
  readonly spread: number;
}

export type Summary = { readonly [Name in keyof Measured]: Figure };

export function toMeasured(
  { requests, seconds, latencies }: Heard,
  used: Usage & Pick<Measured, 'asked' | 'rows'>,
): Measured {
  return {
    cpu: used.cpu / requests,
    perSecond: requests / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    rss: used.rss,
    heapUsed: used.heapUsed,
    asked: used.asked / requests,
    rows: used.rows / requests,
  };
}

/** @param sorted NaN comes of none */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Medians over the rounds. */
export function summarise(rounds: readonly Measured[]): Summary {
  const figure = (name: keyof Measured) => figureOf(rounds.map((round) => round[name]));
  return {
    cpu: figure('cpu'),
    perSecond: figure('perSecond'),
    p50: figure('p50'),
    p99: figure('p99'),
    rss: figure('rss'),
    heapUsed: figure('heapUsed'),
    asked: figure('asked'),
    rows: figure('rows'),
  };
}

export function figureOf(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const median = medianOf(sorted);
  return { median, spread: ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / median };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
