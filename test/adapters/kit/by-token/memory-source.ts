import type {
  TokenPage,
  TokenQuery,
  TokenSource,
} from '../../../../src/adapters/kit/by-token/token-source.ts';
import type { Call, Instant } from '../../../../src/calls/call.ts';
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
  requests = 0;
  rows = 0;
  /** `start` is null for a call that has not started. */
  readonly #listed: readonly { readonly call: Call; readonly start: number | null }[];

  constructor(calls: readonly ListedCall[], options: SourceOptions) {
    const sign = options.sorts === 'oldest-first' ? 1 : -1;
    this.sorts = options.sorts;
    this.step = options.step;
    this.skew = options.skew ?? 5 * second;
    this.startsWithin = options.startsWithin ?? { before: 5 * second, after: 10 * minute };
    this.largestPage = options.largestPage ?? 10_000;
    this.retention = options.retention ?? 8 * 24 * 60 * minute;
    this.#listed = calls
      .toSorted((a, b) => sign * (sortKeyOf(a) - sortKeyOf(b)))
      .map((call) => ({ call, start: call.startedAt === null ? null : timeOf(call.startedAt) }));
  }

  async read({ min, max, size, token = '0' }: TokenQuery): Promise<TokenPage> {
    this.requests += 1;
    const first = min === undefined ? Number.NEGATIVE_INFINITY : Math.floor(min / this.step) * this.step;
    const last = max === undefined ? Number.POSITIVE_INFINITY : Math.ceil(max / this.step) * this.step;
    const isUnbounded = min === undefined && max === undefined;
    const within = this.#listed.filter(({ start }) =>
      start === null ? isUnbounded : start >= first && start <= last,
    );
    const end = Number(token) + size;
    const rows = within.slice(Number(token), end).map(({ call }) => call);
    this.rows += rows.length;
    return {
      rows,
      next: end < within.length ? String(end) : undefined,
      hasUnstarted: rows.some(({ startedAt }) => startedAt === null),
    };
  }
}

function sortKeyOf({ sortKey, createdAt }: ListedCall): number {
  return sortKey ?? timeOf(createdAt);
}
