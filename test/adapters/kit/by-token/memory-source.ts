import type {
  TokenPage,
  TokenQuery,
  TokenSource,
} from '../../../../src/adapters/kit/by-token/token-source.ts';
import type { Call, Instant } from '../../../../src/calls/call.ts';
import { compareTexts } from '../../../../src/calls/order.ts';
import { timeOf } from '../../../../src/calls/time-of.ts';
import { someAccount } from '../../../support/some-call.ts';

const second = 1_000;
const minute = 60 * second;

export type SourceOptions = Pick<TokenSource, 'sorts' | 'step'> & Partial<TokenSource>;

/** A call of the list. It is sorted by `sortKey` where that is given, in milliseconds since the epoch. */
export type ListedCall = Call & { readonly createdAt: Instant; readonly sortKey?: number };

/** A provider's list in memory: it sorts by `createdAt`, and its bounds go by `startedAt`, in whole steps. */
export class MemorySource implements TokenSource {
  readonly account = someAccount();
  readonly sorts: TokenSource['sorts'];
  readonly step: number;
  readonly skew: number;
  readonly startsWithin: TokenSource['startsWithin'];
  readonly largestPage: number;
  readonly retention: number;
  readonly rowLifetime: number | undefined;
  requests = 0;
  rows = 0;
  #listed: readonly Listed[] = [];

  constructor(calls: readonly ListedCall[], options: SourceOptions) {
    this.sorts = options.sorts;
    this.step = options.step;
    this.skew = options.skew ?? 5 * second;
    this.startsWithin = options.startsWithin ?? { before: 5 * second, after: 10 * minute };
    this.largestPage = options.largestPage ?? 10_000;
    this.rowLifetime = options.rowLifetime;
    this.retention = options.retention ?? 8 * 24 * 60 * minute;
    this.change(calls);
  }

  /** Replaces the calls. */
  change(calls: readonly ListedCall[]): void {
    const sign = this.sorts === 'oldest-first' ? 1 : -1;
    this.#listed = calls
      .map((call) => {
        const start = call.startedAt === null ? null : timeOf(call.startedAt);
        return { call, start, id: call.providerCallId, key: sign * (call.sortKey ?? timeOf(call.createdAt)) };
      })
      .sort(compare);
  }

  /** A token is the sort key and the id of the last row, so that calls that come or go shift nothing. */
  async read({ min, max, size, token }: TokenQuery): Promise<TokenPage> {
    this.requests += 1;
    const first = min === undefined ? Number.NEGATIVE_INFINITY : Math.floor(min / this.step) * this.step;
    const last = max === undefined ? Number.POSITIVE_INFINITY : Math.ceil(max / this.step) * this.step;
    const isUnbounded = min === undefined && max === undefined;
    const [key, id = ''] = token?.split('/') ?? [];
    const before = key === undefined ? undefined : { key: Number(key), id };
    const within = this.#listed.filter(
      (each) =>
        (each.start === null ? isUnbounded : each.start >= first && each.start <= last) &&
        (before === undefined || compare(each, before) > 0),
    );
    const listed = within.slice(0, size);
    const end = listed.at(-1);
    const rows = listed.map(({ call }) => call);
    this.rows += rows.length;
    const hasUnstarted = listed.some(({ start }) => start === null);
    return { rows, next: end && within.length > size ? `${end.key}/${end.id}` : undefined, hasUnstarted };
  }
}

/** A call, what it is sorted by, and its start; null for one that has not started. */
interface Listed {
  readonly call: ListedCall;
  readonly key: number;
  readonly id: string;
  readonly start: number | null;
}

function compare(a: Pick<Listed, 'key' | 'id'>, b: Pick<Listed, 'key' | 'id'>): number {
  return a.key - b.key || compareTexts(a.id, b.id);
}
