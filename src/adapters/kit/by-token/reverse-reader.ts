import { isMatch } from '../../../calls/filter.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import type { PlacedCall } from '../placed-call.ts';
import { LinkedPages } from './linked-pages.ts';
import type { PageReader } from './page-reader.ts';
import { PageRows } from './page-rows.ts';
import { WindowReading } from './read-window.ts';
import { ReverseWatermark } from './reverse-watermark.ts';
import { blindPage, isFilteredHere } from './row-guess.ts';
import type { TokenList } from './token-list.ts';
import type { UnstartedCalls } from './unstarted-calls.ts';
import { WindowGuess } from './window-guess.ts';

/** How many requests with too few rows are wasted before one has as many as there can be. */
const mostWasted = 4;

/**
 * Reads pages against the order of the source: windows of time from the end of the list backward, each sized by what
 * the last ones held. `ReverseWatermark` decides what is known, `WindowGuess` where to read next.
 *
 * Where nothing is known of the list, its first rows are read before: they are all of a short list, and tell how
 * dense a long one is. A call that has not started is in no window: see `UnstartedCalls`.
 */
export class ReverseReader implements PageReader {
  readonly list: TokenList;
  readonly unstarted: UnstartedCalls;
  readonly #request: PageRequest;
  readonly #isKept: boolean;
  readonly #rows: PageRows;
  readonly #watermark: ReverseWatermark;
  readonly #guess: WindowGuess;
  #window: WindowReading | undefined;
  #isWholeTried = false;
  /** How many requests in a row have made nothing known. */
  #wasted: number;

  /**
   * @param request for the first page
   * @param guess see `PageReader.guess`
   * @param isKept whether later pages are read by this reader, too
   * @param wasted how many requests the pages before have spent without progress
   */
  constructor(
    request: PageRequest,
    list: TokenList,
    unstarted: UnstartedCalls,
    guess: string | undefined,
    isKept: boolean,
    wasted: number,
  ) {
    this.list = list;
    this.#request = request;
    this.#isKept = isKept;
    this.#wasted = wasted;
    this.#rows = new PageRows(request, list.axis);
    this.#watermark = new ReverseWatermark(request, list.axis);
    this.#guess = new WindowGuess(list.axis, list.largestPage, request.size + 1, guess);
    this.unstarted = unstarted;
  }

  get held(): number {
    return this.#rows.count + (this.#window?.calls.length ?? 0);
  }

  get guess(): string | undefined {
    return this.#guess.toHint();
  }

  async read({ after, size }: PageRequest): Promise<Page> {
    const [rows, watermark, unstarted] = [this.#rows, this.#watermark, this.unstarted];
    rows.begin(after);
    for (;;) {
      if (watermark.isAll && unstarted.isSought) await unstarted.find(rows);
      const calls = rows.known(watermark.createIsKnown(), size);
      const { skipped } = rows;
      const isFull = calls.length === size && rows.count > size;
      if (watermark.isAll || isFull)
        return { calls, more: rows.count > calls.length, hint: this.guess, skipped };
      if (this.list.isSpent) {
        if (this.#window !== undefined) this.#learnCluster(this.#window);
        return { calls, more: true, hint: this.guess, stopped: watermark.positionBehind(after), skipped };
      }
      const whole = this.#wholeSize(after);
      if (whole !== undefined) await this.#readBeginning(whole, unstarted.isSought);
      else if (this.#guess.isBlind) await this.#probe();
      else await this.#readWindow();
    }
  }

  /** Reads the first rows of the list, which may be all, to learn how dense it is. */
  async #probe(): Promise<void> {
    const { size, filter } = this.#request;
    const rows = isFilteredHere(filter) ? Math.max(blindPage, size) : size + 10;
    await this.#readBeginning(rows, this.unstarted.isSought && this.#watermark.max === undefined);
  }

  /**
   * How many rows to ask for where the list is better read from its beginning to its end, without bounds: it has few,
   * and calls that have not started are found by that as well. Undefined where it is not.
   */
  #wholeSize(after: PageRequest['after']): number | undefined {
    const { begin, end } = this.list.axis;
    const rows = this.#guess.rowsIn(end - begin);
    const { size } = this.#request;
    const most = after === undefined ? 1.5 * (size + 10) : this.#isKept ? 10 * size : 0;
    const isLikely = rows >= this.list.rows && rows <= most && !this.#guess.isBlind && this.list.left > 1;
    if (!isLikely || this.#isWholeTried || !this.unstarted.isInAll) return undefined;
    this.#isWholeTried = true;
    return Math.min(this.list.largestPage, Math.ceil(1.1 * rows) + 10);
  }

  async #readBeginning(size: number, isUnbounded: boolean): Promise<void> {
    const { floor, max } = this.#watermark;
    const bounds = isUnbounded ? {} : { min: floor, max };
    const chunk = await new LinkedPages(this.list, { ...bounds, size }).next();
    if (chunk.next === undefined) {
      this.#watermark.pass(undefined);
      if (isUnbounded) this.unstarted.takeAll(chunk, this.#rows);
      else this.#rows.add(chunk);
    } else if (this.#guess.isBlind) {
      const { length } = chunk.calls;
      this.#guess.learnPace(
        this.list.axis.paceOf(chunk.calls),
        length && this.#countMatches(chunk.calls) / length,
      );
    }
  }

  async #readWindow(): Promise<void> {
    const [watermark, guess] = [this.#watermark, this.#guess];
    const reading = this.#window ?? this.#openWindow();
    this.#window = reading;
    await reading.readOn();
    this.#wasted = reading.isWhole ? 0 : this.#wasted + 1;
    const { calls, isWhole, isTooLong, window } = reading;
    const { min, base } = window;
    if (isWhole) {
      const isBase = this.list.axis.from(window.isResumed ? base : Number.POSITIVE_INFINITY);
      const passed = calls.filter(({ createdAt }) => !isBase(createdAt));
      // The first page of a list begins at its end, and calls may be much denser or sparser there than farther on.
      const near = window.max === undefined ? passed.slice(-Math.ceil(guess.rowsWanted)) : passed;
      const first = near.length < passed.length ? undefined : min;
      const start = first ?? (this.list.axis.keyOfCall(near[0]) || base);
      guess.learnWindow({
        rows: near.length,
        matches: this.#countMatches(near),
        length: base - start,
        min: min ?? start,
      });
      watermark.pass(min);
      this.#rows.add(reading);
      this.#window = undefined;
    } else if (
      isTooLong &&
      ((min ?? Number.NEGATIVE_INFINITY) < this.#leastStart - this.list.axis.step ||
        window.size < this.list.largestPage)
    ) {
      this.#learnCluster(reading);
      this.#window = undefined;
    }
  }

  #openWindow(): WindowReading {
    const [watermark, guess] = [this.#watermark, this.#guess];
    const { base, max, top, isResumed } = watermark;
    const next = guess.next(top, isResumed ? 1.25 : 1);
    const from = watermark.toMin(Math.min(next.start, this.#leastStart));
    const min = guess.isBeforeAll(from) ? undefined : from;
    const estimate = guess.sizeOf(
      (isResumed ? base + this.list.axis.skew : base) - from,
      next,
      isResumed ? 1.25 : 5,
    );
    const isStuck = this.#wasted >= mostWasted;
    const size = isStuck ? this.list.largestPage : estimate;
    return new WindowReading(this.list, { min, max, size, base, isResumed });
  }

  /** Where the shortest window begins that makes anything known. */
  get #leastStart(): number {
    return this.#watermark.top - this.list.axis.step;
  }

  #learnCluster({ reached, pace, window }: WindowReading): void {
    if (pace !== undefined) this.#guess.learnCluster(reached, pace, window.size);
  }

  #countMatches(calls: readonly PlacedCall[]): number {
    return calls.filter((call) => isMatch(call, this.#request.filter)).length;
  }
}
