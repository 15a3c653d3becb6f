import type { Instant } from '../../../calls/call.ts';
import type { PageRequest, Position } from '../../../calls/page.ts';
import { timeOf } from '../../../calls/time-of.ts';
import type { PlacedCall } from '../placed-call.ts';
import type { TokenQuery, TokenSource } from './token-source.ts';

/** A span of `startedAt` as keys of the axis; without `min` or `max` it has no end on that side. */
export interface Span {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Sorts after every id: ids are ASCII. */
const behindEveryId = '\uffff';

const [earliest, latest] = ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'].map(Date.parse) as [
  number,
  number,
];

/**
 * A time in milliseconds since the epoch as an instant. Times outside the years 0000 to 9999 are clamped. All
 * instants have the same format, so comparing them as strings compares their times.
 */
export function toInstant(milliseconds: number): Instant {
  return new Date(Math.min(Math.max(milliseconds, earliest), latest)).toISOString();
}

/**
 * The sort key of a source's rows, ascending from row to row. A key is a time in milliseconds since the epoch,
 * negated for a source that sorts newest first. So both kinds of source are read by the same code.
 */
export class Axis {
  /** The range of keys in which calls are expected. */
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
   * The position to resume at: after all calls before this key when reading forward, after all calls from this key
   * on when reading in reverse. Undefined if the key is not finite.
   */
  toPosition(key: number): Position | undefined {
    if (!Number.isFinite(key)) return undefined;
    return { createdAt: this.toInstant(key), providerCallId: this.#sign === 1 ? '' : behindEveryId };
  }

  /**
   * Tells whether an instant has this key or a greater one. Compares strings, about ten times faster than parsing
   * each time.
   */
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
   * The key up to which the list has been read; less `skew`, the key before which no call is missing. It is the
   * smaller key of the last two rows, so that one wrong time at the end hides no call. NaN without rows.
   */
  reachOf(calls: readonly PlacedCall[]): number {
    const last = this.keyOfCall(calls.at(-1));
    return calls.length < 2 ? last : Math.min(last, this.keyOfCall(calls.at(-2)));
  }

  /**
   * Milliseconds from one row to the next, by the last two thirds of the rows: a few stragglers before the others say
   * nothing of them. Undefined with fewer than three rows.
   */
  paceOf(calls: readonly PlacedCall[]): number | undefined {
    const first = Math.floor(calls.length / 3);
    if (calls.length < 3) return undefined;
    const span = this.keyOfCall(calls.at(-1)) - this.keyOfCall(calls[first]);
    return Math.max(span, 1) / (calls.length - 1 - first);
  }

  #keyOfBound(instant: Instant | undefined): number | undefined {
    return instant === undefined ? undefined : this.#sign * Date.parse(instant);
  }
}
