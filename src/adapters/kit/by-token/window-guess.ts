import type { Axis } from './axis.ts';
import { blindPace, blindPage, perMatchOf, readTraffic, type Traffic, writeTraffic } from './traffic.ts';

/** The weight of earlier windows when one is added: a decaying average over about four. */
const fading = 0.75;
/** By how many times an estimate may be wrong before it is dropped. */
const tolerance = 4;

/** Where a window should begin, and how many milliseconds there should be from one of its rows to the next. */
export interface NextWindow {
  readonly start: number;
  readonly pace: number;
}

/**
 * Estimates, for a list that is read in windows, where the next window should begin and how many rows it may hold. A
 * wrong estimate costs requests or rows; it loses no call.
 */
export class WindowGuess {
  readonly #axis: Axis;
  readonly #largestPage: number;
  /** How many matching calls a window is to hold: more than wanted, since calls come in bursts. */
  readonly #matches: number;
  #traffic: Traffic | undefined;
  /** Up to this key the list has more rows than a request can bring, as dense as `#traffic`: it was read up to there. */
  #cluster: number | undefined;

  /**
   * @param wanted how many matching calls a page needs
   * @param hint see `toHint`
   */
  constructor(axis: Axis, largestPage: number, wanted: number, hint: string | undefined) {
    const [traffic, at = Number.NaN] = readTraffic(hint);
    this.#axis = axis;
    this.#largestPage = largestPage;
    this.#matches = wanted + 2.75 * Math.sqrt(wanted);
    this.#traffic = traffic;
    if (traffic && at > 2 * axis.begin - axis.end && at < axis.end) this.#cluster = at;
  }

  /** Whether nothing is known of the list. */
  get isBlind(): boolean {
    return this.#traffic === undefined;
  }

  /** How many rows so many milliseconds should hold; NaN where nothing is known. */
  rowsIn(milliseconds: number): number {
    const { rows, length } = this.#traffic ?? { rows: Number.NaN, length: 1 };
    return (rows * Math.max(0, milliseconds)) / length;
  }

  /** How many rows a window is to hold: no more than fit in a page, with room for more than expected. */
  get rowsWanted(): number {
    return Math.min(this.#matches * (this.#traffic ? perMatchOf(this.#traffic) : 1), 0.6 * this.#largestPage);
  }

  /**
   * The window that should make the calls of a page known that come before `top`. Between a cluster and `top` there may
   * be none or many of its rows: windows divide that span, in few steps if the cluster is short.
   *
   * @param spare how much longer than that it is to be
   */
  next(top: number, spare: number): NextWindow {
    const { rows, length } = this.#traffic ?? { rows: 1, length: blindPace };
    const pace = length / rows;
    const at = this.#cluster;
    if (at === undefined) return { start: top - spare * this.rowsWanted * pace, pace };
    const page = length + this.#axis.lead + 2 * this.#axis.step;
    if (top - at <= page) return { start: at, pace: 0 };
    return {
      start: at + Math.min((top - at) / 2, Math.sqrt((top - at) * page)),
      pace: Number.POSITIVE_INFINITY,
    };
  }

  /** Whether a window from `min` on may as well have no lower bound: the source keeps no call from before. */
  isBeforeAll(min: number): boolean {
    return this.#cluster === undefined && min < this.#axis.begin;
  }

  /**
   * How many rows to ask for in a window of this length.
   *
   * @param room how many times the expected rows it may have
   */
  sizeOf(length: number, { pace }: NextWindow, room: number): number {
    const rows = Math.max(this.rowsWanted, length / pace);
    const { matches } = this.#traffic ?? { matches: this.#matches };
    const isUnsure = this.#cluster !== undefined || matches <= this.#matches / 4;
    const size = Math.ceil(room * rows + 10);
    return Math.min(this.#largestPage, isUnsure ? Math.max(blindPage, size) : size);
  }

  /**
   * Learns from rows at the beginning of the list: it is read at this pace as far as is known.
   *
   * @param share how many of them match
   */
  learnPace(pace: number | undefined = blindPace, share: number): void {
    this.#traffic = { rows: 10, matches: Math.max(10 * share, 0.01), length: 10 * pace };
  }

  /** Learns from a window that was read, from `min` on. */
  learnWindow({ rows, matches, length }: Traffic, min: number): void {
    const cluster = this.#cluster;
    if (cluster !== undefined && min > cluster && 4 * matches < this.#matches) return;
    const { rows: r, matches: m, length: l } = this.#traffic ?? { rows: 0, matches: 0, length: 1 };
    const isThin = (m * length) / l > tolerance * Math.max(1, matches);
    const isWrong = isThin || rows > tolerance * Math.max(1, (r * length) / l);
    const weight = isWrong || cluster !== undefined ? 0 : fading;
    // A window with little in it says that the next one is to be longer, not how much.
    const least = isThin ? this.#matches / (matches === 0 ? 16 : 4) : 0.5;
    this.#cluster = undefined;
    this.#traffic = {
      rows: Math.max(weight * r + rows, least),
      matches: Math.max(weight * m + matches, least),
      length: weight * l + Math.max(length, 1),
    };
  }

  /** Learns from a window that held too many rows, and was read up to `at` in pages of `rows`. */
  learnCluster(at: number, rows: number, pace: number): void {
    const perMatch = this.#traffic ? perMatchOf(this.#traffic) : 1;
    this.#cluster = at;
    this.#traffic = { rows, matches: rows / perMatch, length: rows * pace };
  }

  /** What the next page may guess by, in the form that the constructor reads. */
  toHint(): string | undefined {
    return this.#traffic && writeTraffic(this.#traffic, this.#cluster);
  }
}
