import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { Allowance, type Asking, CallList, type Query } from './call-list.ts';
import type { CallsResource } from './calls-resource.ts';
import type { Dialect } from './dialect.ts';
import { ServerFault } from './errors.ts';
import { decodeHint, encodeHint } from './hint.ts';
import { CreatedLane, type Lane, type Sign } from './lane.ts';
import { OrderIgnored } from './order-ignored.ts';
import { createMatcher, isEmpty, toPushDown } from './push-down.ts';
import { Reading } from './reading.ts';
import { StartedLane } from './started-lane.ts';
import { MOST_ROWS, tooMany, WholeLane } from './whole-lane.ts';
import type { Format } from './wire.ts';

/** By what a list can be had in order: DateCreated, StartTime, or not at all. */
type Way = 'created' | 'started' | 'whole';

/** How long a server is believed to be as it was seen to be, in milliseconds. */
const BELIEVED_MS = 15 * 60_000;

/** Lists of calls: in order, filtered, and going on where another left off. */
export class Paging {
  readonly #list: CallList;
  readonly #account: Account;
  readonly #dialect: Dialect;
  /** What has been found not to work. */
  #fallBack: { readonly way: Way; readonly since: number } | undefined;
  /** By what the last answer was in no order, which one answer alone does not show to be how the server is. */
  #doubted: Way | undefined;
  /** Whether the server has been seen to sort: Connect by DateCreated, SBC by StartTime. */
  #isSorting = false;

  constructor(resource: CallsResource, account: Account, dialect: Dialect, format: Format) {
    this.#list = new CallList(resource, account, dialect, format);
    this.#account = account;
    this.#dialect = dialect;
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
    const asking = { operation, allowance: new Allowance(request.budget) };
    let way = this.#way;
    let isRepeated = false;
    for (;;) {
      try {
        const page = await this.#read(way, query, request, asking);
        if (way !== this.#way) this.#fallBack = { way, since: Date.now() };
        return page;
      } catch (error) {
        isRepeated = !isRepeated && this.#isFirstDoubt(way, error);
        if (isRepeated) continue;
        const next = this.#wayInstead(way, error);
        if (next === undefined) throw error;
        way = next;
      }
    }
  }

  /** Whether to read once more before anything is concluded; the other time may have been on another's behalf. */
  #isFirstDoubt(way: Way, error: unknown): boolean {
    if (!(error instanceof OrderIgnored) || this.#doubted === way) return false;
    this.#doubted = way;
    return true;
  }

  get #way(): Way {
    const { way, since } = this.#fallBack ?? { way: undefined, since: 0 };
    if (way !== undefined && Date.now() - since < BELIEVED_MS) return way;
    return this.#dialect.name === 'connect' ? 'created' : 'started';
  }

  /** Another way to read when one does not work; undefined when the error has nothing to do with it. */
  #wayInstead(way: Way, error: unknown): Way | undefined {
    if (error instanceof OrderIgnored) return way === 'created' ? 'started' : 'whole';
    if (this.#dialect.name !== 'sbc' || !(error instanceof ProviderError)) return undefined;
    // Whether EndTime works on every database that SBC runs on has not been seen: it would fail with 500. A
    // server that is away is not asked all over again without it.
    if (way === 'started' && error instanceof ServerFault && !this.#isSorting) return 'whole';
    // By now there are too many calls to do without: it may have been a passing fault.
    const isWorthATry = way === this.#fallBack?.way && error.code === 'UNSUPPORTED_BY_PROVIDER';
    if (isWorthATry) this.#fallBack = undefined;
    return isWorthATry ? 'started' : undefined;
  }

  async #read(way: Way, query: Query, request: PageRequest, asking: Asking): Promise<Page> {
    const sign: Sign = request.order === 'OLDEST_FIRST' ? 1 : -1;
    const kind = way === 'created' ? 'c' : 's';
    const hint = decodeHint(request.hint, kind, sign);
    const lane = this.#laneOf(way, query, sign, hint?.total);
    const reading = new Reading(lane, { ...request, hint, isWanted: createMatcher(request.filter) });
    const stopped = (): Page => {
      const learnt = reading.hint ?? (lane instanceof StartedLane ? lane.counted : undefined);
      const next = learnt ? encodeHint(kind, sign, learnt) : request.hint;
      return { calls: reading.calls, more: true, stopped: reading.position, hint: next };
    };
    if (way === 'created' && sign === 1 && !reading.isDone) await this.#seeSorting(asking);
    while (!reading.isDone) {
      const { offset, count } = reading.next;
      if (count > MOST_ROWS) throw tooMany(this.#account);
      const stretch = await lane.read(offset, count, asking);
      this.#isSorting ||= lane.hasSorted;
      if (stretch === undefined) return stopped();
      this.#doubted = undefined;
      reading.take(stretch);
    }
    const { hint: learnt } = reading;
    const next = learnt && encodeHint(kind, sign, learnt);
    return { calls: reading.calls, more: reading.hasMore, hint: next };
  }

  #laneOf(way: Way, query: Query, sign: Sign, total: number | undefined): Lane {
    if (way === 'created') return new CreatedLane(this.#list, query, sign);
    if (way === 'started') return new StartedLane(this.#list, query, this.#dialect, sign, total);
    return new WholeLane(this.#list, query, this.#account, sign);
  }

  /**
   * Oldest first, a list in order of StartTime looks much as if it were in order of DateCreated, but for
   * calls that were answered late. A server that sorts refuses a direction that there is not; one from
   * before SortBy pays no heed.
   *
   * @throws OrderIgnored when the server does not sort
   */
  async #seeSorting(asking: Asking): Promise<void> {
    if (this.#isSorting) return;
    const isRefused = await this.#list.refuses({ SortBy: 'DateCreated:neither' }, asking);
    if (!isRefused) throw new OrderIgnored();
    this.#isSorting = true;
  }
}
