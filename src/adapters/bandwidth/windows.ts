import type { Crowd, Tally } from './hint.ts';
import { largestPage } from './list-query.ts';

/** Milliseconds. */
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How far two of Bandwidth's clocks, or the list's order and the times it shows, may be apart. */
export const skew = 5 * second;

/**
 * The longest believable wait in the queue, which is how much later than created a call may start: the
 * queue holds calls per second times 300 (api-docs, call queueing guide), doubled.
 */
export const longestWait = 10 * minute;

/** Calls are kept for seven days after they end (Bandwidth spec, listCalls); one more for long calls. */
export const horizon = 8 * day;

const firstSpan = 15 * minute;
/** How much longer than the last window one may be, and is where that brought next to nothing. */
const most = 32;
const more = 8;
/** Rows that a request may be sized for: there must be room for more than were expected. */
const bearable = 0.6 * largestPage;
/** Rows to ask for where nothing is known but that there were none. */
const blindPage = 2_000;
/** What is left of a tally when the next window is added: it remembers some four windows. */
const fading = 0.75;
/** What is left from page to page of the longest span that a page has had. */
const forgetting = 0.92;

/** A span of startTime, in milliseconds since the epoch; without `min` it goes back to the beginning. */
export interface Window {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly pageSize: number;
}

/** How far the reading backward in time has come. */
export interface Progress {
  /** What started at `base` or later is known, or of no interest. Milliseconds since the epoch. */
  readonly base: number;
  /** What bounds the next window; none when it is the newest. */
  readonly max: number | undefined;
  /** Length of the last window, if there was one. */
  readonly span: number | undefined;
  /** Whether the last window brought much less than was wanted. */
  readonly isThin: boolean;
  readonly crowded: Crowd | undefined;
  /** Undefined in the first window, unless a hint tells. */
  readonly tally: Tally | undefined;
}

/** What there is to find: so many more calls, none older than `floor`. */
export interface Aim {
  readonly wanted: number;
  readonly floor: number | undefined;
  readonly now: number;
}

/**
 * The next window backward: half as long again as it should have to be, and room in the page for some
 * times the rows expected, since traffic comes in bursts; but a bad guess must not cost a full page. It
 * has no lower bound once that would lie beyond all calls that Bandwidth keeps.
 */
export function nextWindow(progress: Progress, { wanted, floor, now }: Aim): Window {
  const { base, max, tally, isThin, crowded } = progress;
  const start = startOf(progress, wanted);
  // In whole seconds, as it is asked for: no row may fall between what is known and what was read.
  const min = Math.floor(Math.max(start, Math.min(base, floor ?? start)) / second) * second;
  const rows = rowsWithin(base - min, isThin ? (crowded?.tally ?? tally) : tally);
  const spare = isThin ? blindPage : 10 * wanted + 200;
  const least = crowded !== undefined && isHere(progress) ? 2 * crowded.tally.rows : 0;
  return {
    min: crowded === undefined && min < now - horizon ? undefined : min,
    max,
    pageSize: Math.min(largestPage, Math.max(least, Math.ceil((isThin ? 1.5 : 3) * rows) + spare)),
  };
}

/**
 * Whether the crowd reaches to where the reading begins. What was created shortly after `base` has to be read as
 * well (see `skew`), however short the window: only a larger page gets to the end of it.
 */
export function isHere({ base, crowded }: Pick<Progress, 'base' | 'crowded'>): boolean {
  return crowded !== undefined && crowded.at > base - skew && crowded.tally.rows < largestPage;
}

function startOf(progress: Progress, wanted: number): number {
  const { base, crowded, isThin } = progress;
  const asked = base - spanOf(progress, wanted) - skew;
  if (crowded === undefined) return asked;
  // Of a window, `skew` is read again by the next page: with less than more of it a walk would stand still.
  const least = base - skew - second;
  if (isHere(progress)) return least;
  const middle = Math.min((crowded.at + base) / 2, least);
  if (!isThin) return Math.max(asked, middle);
  // What followed the crowd is thinner than it: all that is left of it, if that is not too much.
  const isLittle = rowsWithin(base - crowded.at, crowded.tally) <= bearable;
  return isLittle ? Math.min(crowded.at - skew, least) : middle;
}

function spanOf({ span, tally, isThin }: Progress, wanted: number): number {
  if (tally === undefined) return firstSpan;
  const perMatch = (tally.hours * hour) / tally.matches;
  const enough = (1.25 * wanted + 4 * Math.sqrt(wanted)) * perMatch;
  const wished =
    span === undefined
      ? Math.min(1.2 * tally.reach * hour, 4 * wanted * perMatch)
      : span * (isThin ? more : 2);
  const limit = Math.min(
    (bearable * tally.hours * hour) / tally.rows,
    span === undefined ? day : most * span,
  );
  return Math.max(second, Math.min(Math.max(enough, wished), limit));
}

function rowsWithin(milliseconds: number, tally: Tally | undefined): number {
  return tally === undefined ? 0 : (tally.rows * Math.max(0, milliseconds)) / (tally.hours * hour);
}

/**
 * What a window adds to the tally, of which older windows fade, or are forgotten where they led us to
 * expect many times more. None in so many, or so long, is taken for a part of one: it is rare, but
 * nobody knows how rare.
 */
export function addWindow(
  tally: Tally | undefined,
  rows: number,
  matches: number,
  milliseconds: number,
): Tally {
  const isWrong = rowsWithin(milliseconds, tally) > 16 * Math.max(1, rows);
  const former = isWrong || tally === undefined ? { rows: 0, matches: 0, hours: 0 } : tally;
  return {
    rows: Math.max(fading * former.rows + rows, 0.1),
    matches: Math.max(fading * former.matches + matches, rows === 0 ? 0.1 : 0.5),
    hours: fading * former.hours + Math.max(milliseconds, second) / hour,
    reach: tally?.reach ?? 0,
  };
}

/** How far back a page had to go, which the next ones may have to as well. */
export function addPage(tally: Tally, milliseconds: number): Tally {
  return { ...tally, reach: Math.max(milliseconds / hour, forgetting * tally.reach) };
}
