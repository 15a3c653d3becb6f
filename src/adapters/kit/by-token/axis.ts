import type { Call, Instant } from '../../../calls/call.ts';
import type { PageRequest, Position } from '../../../calls/page.ts';
import { timeOf } from '../../../calls/time-of.ts';
import type { TokenQuery, TokenSource } from './token-source.ts';

/** A call that has a position in the order. */
export type PlacedCall = Call & { readonly createdAt: Instant };

/** A span of `startedAt` as keys of the axis; without `min` or `max` it has no end on that side. */
export interface Span {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Ids are ASCII. */
const behindEveryId = '\uffff';

const [earliest, latest] = ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'].map(Date.parse) as [
  number,
  number,
];

/**
 * A time in milliseconds since the epoch as an instant. What four digits of a year cannot hold becomes the nearest
 * that they can. Instants have one form, so that they compare as texts as their times do.
 */
export function toInstant(milliseconds: number): Instant {
  return new Date(Math.min(Math.max(milliseconds, earliest), latest)).toISOString();
}

/**
 * Time as the rows of a source come: its keys ascend from row to row. A key is a time in milliseconds since the
 * epoch, negated for a source that sorts newest first. So both kinds of source are read by the same code.
 */
export class Axis {
  /** No call is expected before, and none behind. */
  readonly begin: number;
  readonly end: number;
  /** How much less than the key of its creation the key of a call's start may be. */
  readonly lead: number;
  /** How much greater it may be. */
  readonly lag: number;
  readonly skew: number;
  readonly step: number;
  readonly #sign: 1 | -1;

  /** @param now milliseconds since the epoch */
  constructor({ sorts, skew, startsWithin, step, retention }: TokenSource, now: number) {
    const isAscending = sorts === 'oldest-first';
    this.#sign = isAscending ? 1 : -1;
    this.skew = skew;
    this.step = step;
    this.lead = isAscending ? startsWithin.before : startsWithin.after;
    this.lag = isAscending ? startsWithin.after : startsWithin.before;
    [this.begin, this.end] = isAscending ? [now - retention, now] : [-now, retention - now];
  }

  /** Whether the order is that of the source. */
  isForward(order: PageRequest['order']): boolean {
    return (order === 'OLDEST_FIRST') === (this.#sign === 1);
  }

  keyOf(instant: Instant): number {
    return this.#sign * timeOf(instant);
  }

  /** The key of a call; NaN without one. */
  keyOfCall(call: PlacedCall | undefined): number {
    return call === undefined ? Number.NaN : this.keyOf(call.createdAt);
  }

  toInstant(key: number): Instant {
    return toInstant(this.#sign * key);
  }

  /**
   * Where a walk resumes that has passed all calls before this key, if it goes forward, or all from it on, if it goes
   * in reverse. Undefined for a key that is no time.
   */
  toPosition(key: number): Position | undefined {
    if (!Number.isFinite(key)) return undefined;
    return { createdAt: this.toInstant(key), providerCallId: this.#sign === 1 ? '' : behindEveryId };
  }

  /** Tells whether an instant has this key or a greater one. Compares texts, at a tenth of what reading a time costs. */
  from(key: number): (instant: Instant) => boolean {
    if (key === Number.POSITIVE_INFINITY) return () => false;
    if (key === Number.NEGATIVE_INFINITY) return () => true;
    const bound = this.toInstant(key);
    return this.#sign === 1 ? (instant) => instant >= bound : (instant) => instant <= bound;
  }

  /** The bounds of a filter as keys. */
  boundsOf({ createdAfter, createdBefore }: PageRequest['filter']): Span {
    const [min, max] = this.#sign === 1 ? [createdAfter, createdBefore] : [createdBefore, createdAfter];
    return { min: this.#keyOfBound(min), max: this.#keyOfBound(max) };
  }

  toQuery({ min, max }: Span): Pick<TokenQuery, 'min' | 'max'> {
    if (this.#sign === 1) return { min, max };
    return { min: max === undefined ? undefined : -max, max: min === undefined ? undefined : -min };
  }

  /**
   * Up to which key all rows have been read that come before the last of these; less `skew`, all calls. Of the last
   * two rows the smaller one counts, so that one odd time at the end hides nothing. NaN without rows.
   */
  reachOf(calls: readonly PlacedCall[]): number {
    const last = this.keyOfCall(calls.at(-1));
    return calls.length < 2 ? last : Math.min(last, this.keyOfCall(calls.at(-2)));
  }

  /** Before which key nothing has been skipped: of the first two rows the greater one counts. NaN without rows. */
  startOf(calls: readonly PlacedCall[]): number {
    const first = this.keyOfCall(calls[0]);
    return calls.length < 2 ? first : Math.max(first, this.keyOfCall(calls[1]));
  }

  #keyOfBound(instant: Instant | undefined): number | undefined {
    return instant === undefined ? undefined : this.#sign * Date.parse(instant);
  }
}
