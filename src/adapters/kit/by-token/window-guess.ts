import type { Axis } from './axis.ts';
import {
  type Cluster,
  divide,
  isSound,
  type NextWindow,
  readCluster,
  toCluster,
  writeCluster,
} from './cluster.ts';
import { blindPage } from './row-guess.ts';

/** Decaying sums over recent windows: the rows in them, those that match, and their length in milliseconds. */
interface Traffic {
  readonly rows: number;
  readonly matches: number;
  readonly length: number;
}

/** Milliseconds from row to row where nothing is known. */
const blindPace = 60_000;
/** The weight of earlier windows when one is added: a decaying average over about four. */
const fading = 0.75;
/** By how many times an estimate may be wrong before it is dropped. */
const tolerance = 4;

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
  #cluster: Cluster | undefined;

  /**
   * @param wanted how many matching calls a page needs
   * @param hint see `toHint`
   */
  constructor(axis: Axis, largestPage: number, wanted: number, hint: string | undefined) {
    const [rows = 0, matches = 0, length = 0, ...cluster] = readNumbers(hint);
    this.#axis = axis;
    this.#largestPage = largestPage;
    this.#matches = wanted + 2.75 * Math.sqrt(wanted);
    if ([rows, matches, length].every(isSound)) this.#traffic = { rows, matches, length };
    this.#cluster = readCluster(cluster, axis);
  }

  /** Whether nothing is known of the list. */
  get isBlind(): boolean {
    return this.#traffic === undefined;
  }

  /** How many rows so many milliseconds should hold. */
  rowsIn(milliseconds: number): number {
    const { rows, length } = this.#traffic ?? { rows: 0, length: 1 };
    return (rows * Math.max(0, milliseconds)) / length;
  }

  /**
   * The window that should make the calls of a page known that come before `top`.
   *
   * @param spare how much longer than that it is to be
   */
  next(top: number, spare: number): NextWindow {
    if (this.#cluster !== undefined) return divide(this.#cluster, top);
    const { rows, length } = this.#traffic ?? { rows: 1, length: blindPace };
    const pace = length / rows;
    return { start: top - spare * this.rowsWanted * pace, pace };
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
    const isUnsure = this.#traffic !== undefined && this.#traffic.matches <= this.#matches / 4;
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
    this.#cluster = undefined;
  }

  /** Learns from a window that was read. */
  learnWindow({ rows, matches, length, min }: Traffic & { readonly min: number }): void {
    const { rows: r, matches: m, length: l } = this.#traffic ?? { rows: 0, matches: 0, length: 1 };
    const isThin = (m * length) / l > tolerance * Math.max(1, matches);
    const isWrong = isThin || rows > tolerance * Math.max(1, (r * length) / l);
    const weight = isWrong ? 0 : fading;
    // A window with little in it says that the next one is to be longer, not how much.
    const least = isThin ? this.#matches / (matches === 0 ? 16 : 4) : 0.5;
    this.#traffic = {
      rows: Math.max(weight * r + rows, least),
      matches: Math.max(weight * m + matches, least),
      length: weight * l + Math.max(length, 1),
    };
    if (this.#cluster !== undefined && (min <= this.#cluster.at || 4 * matches >= this.#matches)) {
      this.#cluster = undefined;
    }
  }

  /** Learns from a window that held too many rows, and was read up to `at` in pages of `size` rows. */
  learnCluster(at: number, pace: number, size: number): void {
    this.#cluster = toCluster(this.#cluster, { at, pace, size }, this.#axis);
  }

  /** What the next page may guess by, in the form that the constructor reads. */
  toHint(): string | undefined {
    if (this.#traffic === undefined) return undefined;
    const { rows, matches, length } = this.#traffic;
    const numbers = [rows, matches, length].map((value) => value.toPrecision(3));
    if (this.#cluster !== undefined) numbers.push(...writeCluster(this.#cluster));
    return `n ${numbers.join(' ')}`;
  }

  get #perMatch(): number {
    return this.#traffic === undefined ? 1 : Math.max(1, this.#traffic.rows / this.#traffic.matches);
  }

  /** How many rows a window is to hold: no more than fit in a page, with room for more than expected. */
  get rowsWanted(): number {
    return Math.min(this.#matches * this.#perMatch, 0.6 * this.#largestPage);
  }
}

/** The numbers of a hint, none of one that is damaged or made up. */
function readNumbers(hint: string | undefined): number[] {
  const [kind, ...parts] = hint?.split(' ') ?? [];
  return kind === 'n' && parts.every((part) => /^-?[\d.]{1,15}(?:e[+-]?\d\d?)?$/.test(part))
    ? parts.map(Number)
    : [];
}
