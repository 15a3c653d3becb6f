import type { PageRequest, Position } from '../../../calls/page.ts';
import { timeOf } from '../../../calls/time-of.ts';
import type { NumberSource } from './number-source.ts';

/** How the key of a row and that of its `createdAt` may differ, in milliseconds. */
export interface Slack {
  /** A row before one with the key k was created before k plus this. */
  readonly before: number;
  /** A row after one with the key k was created after k minus this. */
  readonly after: number;
}

/**
 * The order of a request as numbers: the key of a time is in milliseconds since the epoch, negated for newest first.
 * So keys grow from row to row, and both orders are read by the same code.
 */
export class ListOrder {
  readonly sign: 1 | -1;
  readonly slack: Slack;
  /** The keys of the calls that the request is about, inclusive. */
  readonly start: number;
  readonly end: number;

  constructor({ order, filter, after }: PageRequest, { slack: { earlier, later } }: NumberSource) {
    const isOldestFirst = order === 'OLDEST_FIRST';
    this.sign = isOldestFirst ? 1 : -1;
    this.slack = isOldestFirst ? { before: earlier, after: later } : { before: later, after: earlier };
    const { createdAfter, createdBefore } = filter;
    const [first, last] = isOldestFirst ? [createdAfter, createdBefore] : [createdBefore, createdAfter];
    this.start = Math.max(this.keyOf(first), this.keyOf(after?.createdAt));
    this.end = last === undefined ? Number.POSITIVE_INFINITY : this.keyOf(last);
  }

  /** Undefined stands before all times. So does null in oldest first, and after them in newest first. */
  keyOf(instant: string | null | undefined): number {
    if (instant === undefined) return Number.NEGATIVE_INFINITY;
    return instant === null ? -this.sign * Number.POSITIVE_INFINITY : this.sign * timeOf(instant);
  }

  /** The position before all calls with this key. */
  positionOf(key: number): Position {
    const [first, providerCallId] = this.sign === 1 ? [null, ''] : ['9999-12-31T23:59:59.999Z', '\uffff'];
    return {
      createdAt: Number.isFinite(key) ? new Date(this.sign * key).toISOString() : first,
      providerCallId,
    };
  }
}
