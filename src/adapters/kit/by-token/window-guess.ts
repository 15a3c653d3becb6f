import { isMatch } from '../../../calls/filter.ts';
import type { PageRequest } from '../../../calls/page.ts';
import type { Axis } from './axis.ts';
import {
  addPage,
  addWindow,
  type Cluster,
  type Density,
  perMatch,
  readCluster,
  readDensity,
  rowsWithin,
  writeCluster,
  writeDensity,
} from './density.ts';
import type { Reading } from './read-window.ts';

/** Milliseconds. */
const second = 1_000;
const hour = 3_600 * second;
const firstSpan = hour / 4;
const day = 24 * hour;

/**
 * Limits on the growth of a window, as multiples of the last one: in general, and after one with less than a
 * quarter of the calls wanted.
 */
const longest = 32;
const longer = 8;
/** Rows to request where nothing has matched so far. */
const blindPage = 2_000;

/** Estimates from earlier windows. */
export interface Learned {
  /** Length of the last window, if there was one. Milliseconds. */
  readonly span?: number | undefined;
  /** Whether the last window held much less than was wanted. */
  readonly isThin?: boolean;
  readonly cluster?: Cluster | undefined;
  readonly density?: Density | undefined;
}

/**
 * Estimates, for a list that is read in windows, how long the next window should be and how many rows it may hold.
 * A wrong estimate costs requests or rows; it loses no call.
 */
export class WindowGuess {
  readonly #axis: Axis;
  readonly #largestPage: number;
  #span: number | undefined;
  #isThin: boolean;
  #cluster: Cluster | undefined;
  #density: Density | undefined;

  constructor(axis: Axis, largestPage: number, { span, isThin = false, cluster, density }: Learned) {
    this.#axis = axis;
    this.#largestPage = largestPage;
    this.#span = span;
    this.#isThin = isThin;
    this.#cluster = cluster;
    this.#density = density;
  }

  /** The key at which the next window should begin. It is longer than the estimate, since calls come in bursts. */
  startOf(base: number, wanted: number): number {
    const { lead, step } = this.#axis;
    const start = base - this.#spanOf(wanted) - lead;
    const cluster = this.#cluster;
    if (cluster === undefined) return start;
    // The next page reads `lead` of this window again: a window makes progress if it is a `step` longer than that.
    const least = base - lead - step;
    if (this.#isHere(base, cluster)) return least;
    const middle = Math.min((cluster.at + base) / 2, least);
    if (!this.#isThin) return Math.max(start, middle);
    // The span before the cluster should be less dense: read all of it if it fits in a page at the cluster's density.
    const isLittle = rowsWithin(base - cluster.at, cluster.density) <= this.#bearable;
    return isLittle ? Math.min(cluster.at - lead, least) : middle;
  }

  /** Whether a window from `min` on may as well have no lower bound: the source keeps no call from before. */
  isBeforeAll(min: number): boolean {
    return this.#cluster === undefined && min < this.#axis.begin;
  }

  /** How many rows to ask for: calls come in bursts, but a wrong estimate must not request a full page. */
  sizeOf(base: number, min: number, wanted: number): number {
    const cluster = this.#cluster;
    const rows = rowsWithin(base - min, this.#isThin ? (cluster?.density ?? this.#density) : this.#density);
    const spare = this.#isThin ? blindPage : 10 * wanted + 200;
    const least = cluster !== undefined && this.#isHere(base, cluster) ? 2 * cluster.density.rows : 0;
    return Math.min(this.#largestPage, Math.max(least, Math.ceil((this.#isThin ? 1.5 : 3) * rows) + spare));
  }

  /** Learns from a window from `min` to `base`, whether it was read whole or held too many rows. */
  learn(
    { base, min, wanted }: Tried,
    { calls, isWhole, reached }: Reading,
    filter: PageRequest['filter'],
  ): void {
    // The budget ended before any call was read: nothing to learn from.
    if (!isWhole && calls.length === 0) return;
    const start = min ?? (this.#axis.keyOfCall(calls[0]) || base);
    if (!isWhole) {
      const found = { rows: calls.length, matches: countMatches(calls, filter) };
      // With enough matches among them, the window has to be shorter, wherever it came to.
      const at = found.matches < wanted ? reached : Math.min(reached, base - this.#axis.lead);
      this.#meet(base, { at, density: addWindow(undefined, found, reached - start) });
      return;
    }
    const isBase = this.#axis.from(base);
    const passed = calls.filter(({ createdAt }) => !isBase(createdAt));
    const matches = countMatches(passed, filter);
    this.#span = base - start;
    this.#isThin = 4 * matches < wanted;
    const isPast = passed.length > 0 || this.#cluster === undefined || start <= this.#cluster.at;
    if (isPast) this.#cluster = undefined;
    this.#density = addWindow(this.#density, { rows: passed.length, matches }, base - start);
  }

  /**
   * What the next page may guess by, see `learnedFrom`; undefined where nothing is known.
   *
   * @param spanned how many milliseconds the page has spanned
   */
  hintFor(spanned: number): string | undefined {
    return this.#density && writeDensity(addPage(this.#density, spanned > 0 ? spanned : 1));
  }

  /** The same for a page that stops: the next one continues the bisection towards the cluster. */
  hintForMore(spanned: number): string | undefined {
    const hint = this.hintFor(spanned);
    const cluster = this.#cluster;
    return hint && cluster && Number.isFinite(cluster.at) ? hint + writeCluster(cluster) : hint;
  }

  /** Records a dense cluster. It says nothing of the sparse span before it: the estimate of that is kept. */
  #meet(base: number, cluster: Cluster): void {
    const isKept = this.#density !== undefined && (this.#isThin || this.#isHere(base, cluster));
    this.#cluster = cluster;
    if (!isKept) this.#density = cluster.density;
  }

  /**
   * Whether the cluster extends to within `lead` of `base`. That part is in every window, however short, so only a
   * larger page can read past it.
   */
  #isHere(base: number, { at, density }: Cluster): boolean {
    return at > base - this.#axis.lead && density.rows < this.#largestPage;
  }

  #spanOf(wanted: number): number {
    const [density, span] = [this.#density, this.#span];
    if (density === undefined) return firstSpan;
    const each = perMatch(density);
    const enough = (1.25 * wanted + 4 * Math.sqrt(wanted)) * each;
    const likely =
      span === undefined
        ? Math.min(1.2 * density.reach * hour, 4 * wanted * each)
        : span * (this.#isThin ? longer : 2);
    const most = Math.min(
      (this.#bearable * density.hours * hour) / density.rows,
      span === undefined ? day : longest * span,
    );
    return Math.max(second, Math.min(Math.max(enough, likely), most));
  }

  /** The most rows that a request is sized for: it leaves room in the page for more than expected. */
  get #bearable(): number {
    return 0.6 * this.#largestPage;
  }
}

/**
 * What the hint of an earlier page has to say.
 *
 * @param start the key at which the reading starts
 */
export function learnedFrom(hint: string | undefined, axis: Axis, start: number): Learned {
  const cluster = readCluster(hint, axis, start);
  return { isThin: cluster !== undefined, cluster, density: readDensity(hint) };
}

/** A window that was asked for so many calls. `min` is undefined where it has no lower bound. */
interface Tried {
  readonly base: number;
  readonly min: number | undefined;
  readonly wanted: number;
}

function countMatches(calls: Reading['calls'], filter: PageRequest['filter']): number {
  return calls.filter((call) => isMatch(call, filter)).length;
}
