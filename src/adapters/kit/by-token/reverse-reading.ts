import type { PageRequest } from '../../../calls/page.ts';
import { LinkedPages } from './linked-pages.ts';
import type { ListReading, Told } from './list-reading.ts';
import type { PageRows } from './page-rows.ts';
import { WindowReading } from './read-window.ts';
import { ReverseWatermark } from './reverse-watermark.ts';
import { isFilteredHere } from './row-guess.ts';
import type { TokenList } from './token-list.ts';
import { blindPage } from './traffic.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';
import { WindowGuess } from './window-guess.ts';

/** How many requests with too few rows are wasted before one has as many as there can be. */
const mostWasted = 4;

/**
 * Reads a list against the order of the source: windows of time from its end backward, each sized by what the last
 * ones held. `ReverseWatermark` decides what is known, `WindowGuess` where to read next.
 *
 * Where nothing is known of the list, its first rows are read before: they are all of a short list, and tell how
 * dense a long one is. A call that has not started is in no window: see `UnstartedCalls`.
 */
export class ReverseReading implements ListReading {
  readonly watermark: ReverseWatermark;
  readonly isSuited = true;
  readonly #request: PageRequest;
  readonly #list: TokenList;
  readonly #unstarted: UnstartedCalls;
  readonly #rows: PageRows;
  readonly #guess: WindowGuess;
  readonly #isKept: boolean;
  #window: WindowReading | undefined;
  /** A page shorter than asked tells nothing of the rows behind it, so the list is not tried as a whole again. */
  #isWholeTried = false;
  /** How many requests in a row have made nothing known. */
  #wasted: number;

  /** @param request for the first page */
  constructor(
    request: PageRequest,
    list: TokenList,
    unstarted: UnstartedCalls,
    rows: PageRows,
    { guess, isKept, still }: Told,
  ) {
    this.#request = request;
    this.#list = list;
    this.#unstarted = unstarted;
    this.#rows = rows;
    this.#isKept = isKept;
    this.#wasted = still;
    this.watermark = new ReverseWatermark(request, list.axis);
    this.#guess = new WindowGuess(list.axis, list.largestPage, request.size + 1, guess);
  }

  get held(): number {
    return this.#window?.calls.length ?? 0;
  }

  get guess(): string | undefined {
    return this.#guess.toHint();
  }

  async readOn({ after }: PageRequest): Promise<void> {
    const whole = this.#wholeSize(after);
    if (whole !== undefined) {
      this.#isWholeTried = true;
      await this.#readBeginning(whole, true);
    } else if (this.#guess.isBlind) await this.#probe();
    else await this.#readWindow();
  }

  /** Reads the first rows of the list, which may be all, to learn how dense it is. */
  async #probe(): Promise<void> {
    const { size, filter } = this.#request;
    const rows = isFilteredHere(filter) ? Math.max(blindPage, size) : size + 10;
    const calls = await this.#readBeginning(
      rows,
      this.#unstarted.isSought && this.watermark.max === undefined,
    );
    const share = calls.length && this.#rows.countMatches(calls) / calls.length;
    this.#guess.learnPace(this.#list.axis.paceOf(calls), share);
  }

  /**
   * How many rows to ask for where the list is better read from its beginning to its end, without bounds: it has few,
   * and calls that have not started are found by that as well. Undefined where it is not.
   */
  #wholeSize(after: PageRequest['after']): number | undefined {
    const { begin, end } = this.#list.axis;
    const rows = this.#guess.rowsIn(end - begin);
    const { size } = this.#request;
    const most = after === undefined ? 1.5 * (size + 10) : this.#isKept ? 10 * size : 0;
    // Where there are more rows than that, it is known once they have been read.
    const fits = rows <= Math.min(most, this.#list.largestPage / 2);
    const isLikely = fits && rows >= this.#list.rows && this.#list.left > 1;
    return isLikely && !this.#isWholeTried && this.#unstarted.isInAll
      ? Math.ceil(1.1 * rows) + 10
      : undefined;
  }

  async #readBeginning(size: number, isUnbounded: boolean) {
    const { floor, max } = this.watermark;
    const bounds = isUnbounded ? {} : { min: floor, max };
    const chunk = await new LinkedPages(this.#list, { ...bounds, size }).next();
    if (chunk.next === undefined) {
      this.watermark.pass(undefined);
      if (isUnbounded) this.#unstarted.takeAll(chunk, this.#rows);
      else this.#rows.add(chunk);
    }
    return chunk.calls;
  }

  async #readWindow(): Promise<void> {
    const [list, watermark] = [this.#list, this.watermark];
    this.#window ??= this.#openWindow();
    const reading = this.#window;
    await reading.readOn();
    this.#wasted = reading.isWhole ? 0 : this.#wasted + 1;
    const { min, size } = reading.window;
    if (reading.isWhole) {
      this.#learnWindow(reading);
      watermark.pass(min);
      this.#rows.add(reading);
      this.#window = undefined;
      return;
    }
    const isShortest = min !== undefined && min >= this.#leastStart - list.axis.step;
    const isGivenUp = reading.isTooLong && !(isShortest && size === list.largestPage);
    if (isGivenUp || list.isSpent) this.#learnCluster(reading);
    if (isGivenUp) this.#window = undefined;
  }

  #learnWindow({ calls, window: { min, max, base, isResumed } }: WindowReading): void {
    const { axis } = this.#list;
    const isBase = axis.from(isResumed ? base : Number.POSITIVE_INFINITY);
    const passed = calls.filter(({ createdAt }) => !isBase(createdAt));
    // The first page of a list begins at its end, and calls may be much denser or sparser there than farther on.
    const near = max === undefined ? passed.slice(-Math.ceil(this.#guess.rowsWanted)) : passed;
    const first = near.length < passed.length ? undefined : min;
    const start = first ?? (axis.keyOfCall(near[0]) || base);
    const [rows, matches] = [near.length, this.#rows.countMatches(near)];
    this.#guess.learnWindow({ rows, matches, length: base - start }, min ?? start);
  }

  #learnCluster({ reached: at, pace, window: { size } }: WindowReading): void {
    if (pace !== undefined) this.#guess.learnCluster(at, size, pace);
  }

  #openWindow(): WindowReading {
    const [watermark, guess, { axis, largestPage }] = [this.watermark, this.#guess, this.#list];
    const { base, max, top, isResumed } = watermark;
    const next = guess.next(top, isResumed ? 1.25 : 1);
    const from = watermark.toMin(Math.min(next.start, this.#leastStart));
    const min = guess.isBeforeAll(from) ? undefined : from;
    const length = (isResumed ? base + axis.skew : base) - from;
    const isStuck = this.#wasted >= mostWasted;
    const size = isStuck ? largestPage : guess.sizeOf(length, next, isResumed ? 1.25 : 5);
    return new WindowReading(this.#list, { min, max, size, base, isResumed });
  }

  /** Where the shortest window begins that makes anything known. */
  get #leastStart(): number {
    return this.watermark.top - this.#list.axis.step;
  }
}
