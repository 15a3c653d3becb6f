/** What is expected of a list, as sums over what was read last: rows, those that match, and milliseconds. */
export interface Traffic {
  readonly rows: number;
  readonly matches: number;
  readonly length: number;
}

/** Milliseconds from row to row where nothing is known. */
export const blindPace = 60_000;
/** Rows to request when a filter is applied here and its match rate is unknown. */
export const blindPage = 2_000;

/** How many rows there are for each one that matches. */
export function perMatchOf({ rows, matches }: Traffic): number {
  return Math.max(1, rows / matches);
}

/** The traffic as the hint of a page, and a key that goes with it. */
export function writeTraffic({ rows, matches, length }: Traffic, key?: number): string {
  const numbers = [rows, matches, length].map((value) => value.toPrecision(3));
  return ['n', ...numbers, ...(key === undefined ? [] : [key.toFixed(0)])].join(' ');
}

/** Reads a hint. One that is damaged or made up is none. */
export function readTraffic(hint: string | undefined): [Traffic?, (number | undefined)?] {
  const [kind, ...parts] = hint?.split(' ') ?? [];
  const isWritten = kind === 'n' && parts.every((part) => /^-?[\d.]{1,15}(?:e[+-]?\d\d?)?$/.test(part));
  const [rows = 0, matches = 0, length = 0, key] = isWritten ? parts.map(Number) : [];
  const isSound = [rows, matches, length].every((value) => value >= 1e-3 && value <= 1e13);
  return isSound ? [{ rows, matches, length }, key] : [];
}
