import { OrderIgnored } from '../kit/by-number/order-ignored.ts';
import type { Dialect } from './dialect.ts';
import { ServerFault, TooManyCalls } from './errors.ts';

/**
 * By what a list can be had in order: DateCreated, StartTime, or not at all. Loosely, rows that stand out of order
 * are left out and told, which is the last resort where a list is too long to be had whole.
 */
export type Way = 'created' | 'started' | 'whole' | 'created loosely' | 'started loosely';

/** How long a server is believed to be as it was seen to be, in milliseconds. */
const BELIEVED_MS = 15 * 60_000;

/** What is known of how one server sorts. */
export class Ways {
  readonly #dialect: Dialect;
  /** What has been found to work in place of the first way. */
  #fallBack: { readonly way: Way; readonly since: number } | undefined;
  /** By what the last answer was in no order, which one answer alone does not show to be how the server is. */
  #doubted: Way | undefined;
  #isSorting = false;
  #lessons = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  get current(): Way {
    const { way, since } = this.#fallBack ?? { way: undefined, since: 0 };
    return way !== undefined && Date.now() - since < BELIEVED_MS ? way : this.#first;
  }

  /** Whether the server has been seen to sort: Connect by DateCreated, SBC by StartTime. */
  get isSorting(): boolean {
    return this.#isSorting;
  }

  /** How often anything has been learnt: whether reading again may take another course. */
  get lessons(): number {
    return this.#lessons;
  }

  seeSorting(): void {
    if (!this.#isSorting) this.#lessons += 1;
    this.#isSorting = true;
  }

  /** Takes in that rows have been in order. */
  seeOrder(): void {
    this.#doubted = undefined;
  }

  /** Takes in that a page has been read this way. */
  seePage(way: Way): void {
    if (way === this.current) return;
    this.#fallBack = { way, since: Date.now() };
    this.#lessons += 1;
  }

  /** Whether to read once more before anything is concluded; the other time may have been on another's behalf. */
  isFirstDoubt(way: Way, error: unknown): boolean {
    if (!(error instanceof OrderIgnored) || this.#doubted === way) return false;
    this.#doubted = way;
    this.#lessons += 1;
    return true;
  }

  /**
   * Another way to read where one does not work; undefined when the error has nothing to do with it, or there is none.
   *
   * @param isUnsorted whether the list is read whole since it was in no order
   */
  instead(way: Way, error: unknown, isUnsorted: boolean): Way | undefined {
    if (error instanceof OrderIgnored) {
      if (way === 'created') return 'started';
      return way === 'started' ? 'whole' : undefined;
    }
    // Whether EndTime works on every database that SBC runs on has not been seen: it would fail with 500. A
    // server that is away is not asked all over again without it.
    const isFault = error instanceof ServerFault && this.#dialect.name === 'sbc' && !this.#isSorting;
    if (way === 'started' && isFault) return 'whole';
    if (way !== 'whole' || !(error instanceof TooManyCalls)) return undefined;
    // By now there are too many calls to do without: it may have been a passing fault.
    if (this.#fallBack?.way === way) {
      this.#fallBack = undefined;
      return this.#first;
    }
    if (!isUnsorted) return undefined;
    return this.#isSorting && this.#first === 'created' ? 'created loosely' : 'started loosely';
  }

  get #first(): Way {
    return this.#dialect.name === 'connect' ? 'created' : 'started';
  }
}
