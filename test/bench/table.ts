import type { ServerName } from './servers.ts';
import { medianOf, type Summary } from './statistics.ts';

/** What a server's work came to, on one connection and on many. */
export interface Cell {
  readonly one: Summary;
  readonly many: Summary;
  /** Microseconds of processor time per request on many connections, round by round. */
  readonly rounds: readonly number[];
}

export type Row = Readonly<Partial<Record<ServerName, Cell>>>;
export type Results = ReadonlyMap<string, Row>;

/**
 * Of processor time per request on many connections: the median over the rounds of what it was in each,
 * since a machine that is slow for a while is slow for both.
 */
export function ratio(row: Row, name: ServerName, to: ServerName): number {
  const [own = [], other = []] = [row[name]?.rounds, row[to]?.rounds];
  return medianOf(own.map((cpu, round) => cpu / (other[round] ?? Number.NaN)));
}

const columns = [
  'work',
  'server',
  'µs ×32',
  '±%',
  'µs ×1',
  '/raw',
  '/rest',
  '/apollo',
  '/merc.',
  '/s ×32',
  'p50',
  'p99',
  '/s ×1',
  'p50',
  'p99',
  'MB',
  'asked',
  'rows',
];

/**
 * A line per work and server, ×32 and ×1 connections: processor time per request in microseconds with its
 * spread over the rounds, ratios of it, latencies in milliseconds, requests to the upstream and rows of its lists per request.
 */
export function toTable(results: Results): string {
  const lines = [...results].flatMap(([work, row]) =>
    Object.entries(row).map(([name, { one, many }]) => [
      work,
      name,
      many.cpu.median.toFixed(0),
      (100 * many.cpu.spread).toFixed(0),
      one.cpu.median.toFixed(0),
      ...(['pass-through', 'rest', 'apollo', 'mercurius'] as const).map((to) =>
        ratio(row, name as ServerName, to).toFixed(2),
      ),
      many.perSecond.median.toFixed(0),
      many.p50.median.toFixed(1),
      many.p99.median.toFixed(1),
      one.perSecond.median.toFixed(0),
      one.p50.median.toFixed(2),
      one.p99.median.toFixed(2),
      (many.rss.median / 2 ** 20).toFixed(0),
      many.asked.median.toFixed(2),
      many.rows.median.toFixed(1),
    ]),
  );
  return align([columns, ...lines]);
}

/** Columns of equal width: the first two are words, the rest figures. */
function align(rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, i) => Math.max(...rows.map((cells) => (cells[i] ?? '').length)));
  const pad = (cell: string, i: number) =>
    i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return rows.map((cells) => cells.map(pad).join('  ')).join('\n');
}
