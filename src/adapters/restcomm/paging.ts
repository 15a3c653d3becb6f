import type { Account } from '../../calls/account.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { decodeHint, encodeHint } from '../kit/by-number/hint.ts';
import { type Lane, MOST_ROWS, type Sign } from '../kit/by-number/number-source.ts';
import { OrderIgnored } from '../kit/by-number/order-ignored.ts';
import { isStandingStill, isTooLong, readStandstill, writeStandstill } from '../kit/by-number/progress.ts';
import {
  Allowance,
  type Asking,
  type Query,
  SeenPages,
  type Spending,
} from '../kit/by-number/request-budget.ts';
import { Reading } from '../kit/by-number/watermark.ts';
import type { CallsApi } from '../kit/rest/calls-api.ts';
import { CallList } from './call-list.ts';
import { CreatedLane } from './created-lane.ts';
import type { Dialect } from './dialect.ts';
import { noHeadway, tooManyCalls } from './errors.ts';
import { createMatcher, isEmpty, toPushDown } from './push-down.ts';
import { StartedLane } from './started-lane.ts';
import { type Way, Ways } from './ways.ts';
import { WholeLane } from './whole-lane.ts';
import type { Format } from './wire.ts';

/** Lists of calls: in order, filtered, and going on where another left off. */
export class Paging {
  readonly #list: CallList;
  readonly #account: Account;
  readonly #dialect: Dialect;
  readonly #ways: Ways;

  constructor(api: CallsApi, account: Account, dialect: Dialect, format: Format) {
    this.#list = new CallList(api, account, dialect, format);
    this.#account = account;
    this.#dialect = dialect;
    this.#ways = new Ways(dialect);
  }

  async count(filter: PageRequest['filter'], operation: Operation): Promise<number | null> {
    if (toPushDown(filter, this.#dialect) === null) return 0;
    if (!isEmpty(filter)) return null;
    return (
      (await this.#list.count({}, { operation, allowance: new Allowance(Number.POSITIVE_INFINITY) })) ?? null
    );
  }

  async page(request: PageRequest, operation: Operation): Promise<Page> {
    const query = toPushDown(request.filter, this.#dialect);
    if (query === null) return { calls: [], more: false };
    const allowance = new Allowance(request.budget);
    const asking = { operation, allowance, seen: new SeenPages() };
    const { lessons } = this.#ways;
    const { hint, requests } = readStandstill(request.hint);
    const page = await this.#readSomeWay(query, { ...request, hint }, asking);
    if (!isStandingStill(page, request)) return page;
    // Reading on from there would take the same course again.
    if (page.hint === hint && lessons === this.#ways.lessons) throw noHeadway(this.#account);
    const standstill = { hint: page.hint, requests: requests + allowance.taken };
    if (isTooLong(standstill)) throw noHeadway(this.#account);
    await this.#list.checkLastPage(asking);
    return { ...page, hint: writeStandstill(standstill) };
  }

  async #readSomeWay(query: Query, request: PageRequest, asking: Asking): Promise<Page> {
    let way = this.#ways.current;
    let isRepeated = false;
    let isUnsorted = way === 'whole';
    for (;;) {
      try {
        const page = await this.#read(way, query, request, asking);
        this.#ways.seePage(way);
        return page;
      } catch (error) {
        isRepeated = !isRepeated && this.#ways.isFirstDoubt(way, error);
        if (isRepeated) continue;
        const next = this.#ways.instead(way, error, isUnsorted);
        // Which way the rows are sorted is nobody's business elsewhere.
        if (next === undefined) throw error instanceof OrderIgnored ? tooManyCalls(this.#account) : error;
        isUnsorted = error instanceof OrderIgnored;
        way = next;
      }
    }
  }

  async #read(way: Way, query: Query, request: PageRequest, asking: Asking): Promise<Page> {
    const sign: Sign = request.order === 'OLDEST_FIRST' ? 1 : -1;
    const kind = way.startsWith('created') ? 'c' : 's';
    const hint = decodeHint(request.hint, kind, sign);
    const lane = this.#laneOf(way, query, sign, hint?.total);
    const { createdAfter: _, createdBefore: __, ...timeless } = request.filter;
    const [isWanted, mayBeWanted] = [createMatcher(request.filter), createMatcher(timeless)];
    const reading = new Reading(lane, { ...request, hint, isWanted, mayBeWanted });
    if (kind === 'c' && sign === 1 && !reading.isDone) await this.#seeSorting(asking);
    while (!reading.isDone) {
      const { offset, count } = reading.next;
      if (count > MOST_ROWS) throw tooManyCalls(this.#account);
      const stretch = await lane.read(offset, count, asking);
      if (lane.hasSorted) this.#ways.seeSorting();
      if (stretch === undefined) {
        const learnt = reading.hint ?? (lane instanceof StartedLane ? lane.counted : undefined);
        const next = learnt ? encodeHint(kind, sign, learnt) : request.hint;
        return { ...toPage(reading), more: true, stopped: reading.position, hint: next };
      }
      this.#ways.seeOrder();
      reading.take(stretch);
    }
    const { hint: learnt } = reading;
    return { ...toPage(reading), more: reading.hasMore, hint: learnt && encodeHint(kind, sign, learnt) };
  }

  #laneOf(way: Way, query: Query, sign: Sign, base: number | undefined): Lane {
    const isLoose = way.endsWith('loosely');
    if (way === 'whole') return new WholeLane(this.#list, query, this.#account, sign);
    if (way.startsWith('created')) return new CreatedLane(this.#list, query, sign, isLoose);
    return new StartedLane(this.#list, query, this.#dialect, { sign, isLoose, base });
  }

  /**
   * Oldest first, a list in order of StartTime looks much as if it were in order of DateCreated, but for
   * calls that were answered late. A server that sorts refuses a direction that there is not; one from
   * before SortBy pays no heed.
   *
   * @throws OrderIgnored when the server does not sort
   */
  async #seeSorting(spending: Spending): Promise<void> {
    if (this.#ways.isSorting) return;
    const isRefused = await this.#list.refuses({ SortBy: 'DateCreated:neither' }, spending);
    if (!isRefused) throw new OrderIgnored();
    this.#ways.seeSorting();
  }
}

function toPage({ calls, skipped }: Reading): Pick<Page, 'calls' | 'skipped'> {
  return skipped.length > 0 ? { calls, skipped } : { calls };
}
