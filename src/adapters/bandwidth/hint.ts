import { largestPage } from './list-query.ts';
import { isToken } from './page-token.ts';

/**
 * What a page in NEWEST_FIRST leaves behind: how many rows there were, how many of them matched, in how
 * many hours, and how many hours a page has lately spanned at most. It sizes the next request and
 * decides nothing else.
 */
export interface Tally {
  readonly rows: number;
  readonly matches: number;
  readonly hours: number;
  readonly reach: number;
}

export function writeTally({ rows, matches, hours, reach }: Tally): string {
  return `n ${[rows, matches, hours, reach].map((value) => value.toPrecision(4)).join(' ')}`;
}

/** Undefined for anything that is none: a hint may be stale, damaged or made up. */
export function readTally(hint: string | undefined): Tally | undefined {
  const [order, ...parts] = hint?.split(' ') ?? [];
  const [rows = 0, matches = 0, hours = 0, reach = 0] = parts.map((part) =>
    part.length < 16 ? Number(part) : 0,
  );
  const isSound = [rows, matches, hours, reach].every((value) => value >= 1e-7 && value <= 1e7);
  return order === 'n' && isSound ? { rows, matches, hours, reach } : undefined;
}

/** Where a window turned out to hold too many rows, read up to there, and how close they stood. */
export interface Crowd {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tally: Tally;
}

/** What a page that had to stop short of a crowd leaves behind besides its tally: where that is. */
export function writeCrowd({ at, tally }: Crowd): string {
  return ` ${at} ${tally.rows.toPrecision(4)} ${tally.hours.toPrecision(4)}`;
}

/** Undefined for anything that is none, or is not from `first` to `last`, in milliseconds since the epoch. */
export function readCrowd(hint: string | undefined, first: number, last: number): Crowd | undefined {
  const parts = /^n(?: [-+.e\d]{1,15}){4} (\d{1,14}) ([-+.e\d]{1,15}) ([-+.e\d]{1,15})$/.exec(hint ?? '');
  const [at = 0, rows = 0, hours = 0] = parts?.slice(1).map(Number) ?? [];
  const isSound = at >= first && at <= last && [rows, hours].every((value) => value >= 1e-7 && value <= 1e7);
  return isSound ? { at, tally: { rows, matches: rows, hours, reach: 0 } } : undefined;
}

/**
 * What a page in OLDEST_FIRST leaves behind: where in which chain of Links to go on. A token belongs to
 * the lower bound (in milliseconds since the epoch) and the page size it was given with.
 */
export interface ChainPlace {
  readonly pageSize: number;
  readonly min: number | undefined;
  readonly token: string | undefined;
}

export function writeChainPlace({ pageSize, min, token }: ChainPlace): string {
  return `o ${pageSize} ${min ?? ''} ${token ?? ''}`;
}

/** Undefined for anything that is none. */
export function readChainPlace(hint: string | undefined): ChainPlace | undefined {
  const [, size, min, token] = /^o (\d{1,5}) (\d{0,14}) (\S*)$/.exec(hint ?? '') ?? [];
  const pageSize = Number(size);
  if (token === undefined || !(pageSize >= 1 && pageSize <= largestPage)) return undefined;
  if (token !== '' && !isToken(token)) return undefined;
  return {
    pageSize,
    min: min === '' ? undefined : Number(min),
    token: token === '' ? undefined : token,
  };
}
