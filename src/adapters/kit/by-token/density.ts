import type { Axis } from './axis.ts';

/** Milliseconds. */
const second = 1_000;
const hour = 3_600 * second;

/** The weight of earlier windows when one is added: a decaying average over about four. */
const fading = 0.75;
/** The factor by which the longest span of a page decays from page to page. */
const forgetting = 0.92;

/**
 * Decaying averages: rows, matching rows, the hours that they span, and the longest span of a recent page in hours.
 * An estimate: it sizes the next request and decides nothing else.
 */
export interface Density {
  readonly rows: number;
  readonly matches: number;
  readonly hours: number;
  readonly reach: number;
}

/** A window with too many rows to be read: the key that was reached, and the density up to it. */
export interface Cluster {
  /** The key of the last row read. */
  readonly at: number;
  readonly density: Density;
}

/** How many rows a span of so many milliseconds should hold. */
export function rowsWithin(milliseconds: number, density: Density | undefined): number {
  return density === undefined ? 0 : (density.rows * Math.max(0, milliseconds)) / (density.hours * hour);
}

/** How many milliseconds there should be from one matching call to the next. */
export function perMatch({ hours, matches }: Density): number {
  return (hours * hour) / matches;
}

/**
 * Adds what a window held. Older windows count less, or not at all if they predicted more than 16 times the rows
 * that this one held. A window without rows counts as a fraction of a row, to keep the density above zero.
 */
export function addWindow(
  density: Density | undefined,
  { rows, matches }: { readonly rows: number; readonly matches: number },
  milliseconds: number,
): Density {
  const isWrong = rowsWithin(milliseconds, density) > 16 * Math.max(1, rows);
  const former = isWrong || density === undefined ? { rows: 0, matches: 0, hours: 0 } : density;
  return {
    rows: Math.max(fading * former.rows + rows, 0.1),
    matches: Math.max(fading * former.matches + matches, rows === 0 ? 0.1 : 0.5),
    hours: fading * former.hours + Math.max(milliseconds, second) / hour,
    reach: density?.reach ?? 0,
  };
}

/** Adds the time span of a page; later pages may span as much. */
export function addPage(density: Density, milliseconds: number): Density {
  return { ...density, reach: Math.max(milliseconds / hour, forgetting * density.reach) };
}

/** As the hint of a page. */
export function writeDensity({ rows, matches, hours, reach }: Density): string {
  return `n ${[rows, matches, hours, reach].map((value) => value.toPrecision(4)).join(' ')}`;
}

/** Undefined for anything that is none: a hint may be stale, damaged or made up. */
export function readDensity(hint: string | undefined): Density | undefined {
  const [kind, ...parts] = hint?.split(' ') ?? [];
  const [rows = 0, matches = 0, hours = 0, reach = 0] = parts.map((part) =>
    part.length < 16 ? Number(part) : 0,
  );
  return kind === 'n' && [rows, matches, hours, reach].every(isSound)
    ? { rows, matches, hours, reach }
    : undefined;
}

/** The suffix of a hint, for a page that stopped before a cluster. */
export function writeCluster({ at, density }: Cluster): string {
  return ` ${at} ${density.rows.toPrecision(4)} ${density.hours.toPrecision(4)}`;
}

/** Undefined for anything that is none, or that lies before all calls or past the key where the reading starts. */
export function readCluster(hint: string | undefined, axis: Axis, start: number): Cluster | undefined {
  const parts = /^n(?: [-+.e\d]{1,15}){4} (-?\d{1,14}) ([-+.e\d]{1,15}) ([-+.e\d]{1,15})$/.exec(hint ?? '');
  const [at = Number.NaN, rows = 0, hours = 0] = parts?.slice(1).map(Number) ?? [];
  const isWithin = at >= axis.begin - (axis.end - axis.begin) && at <= start + axis.lead;
  if (!isWithin || !isSound(rows) || !isSound(hours)) return undefined;
  return { at, density: { rows, matches: rows, hours, reach: 0 } };
}

function isSound(value: number): boolean {
  return value >= 1e-7 && value <= 1e7;
}
