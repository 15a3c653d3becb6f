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

  constructor(order: PageRequest['order']) {
    this.sign = order === 'OLDEST_FIRST' ? 1 : -1;
  }

  /** Undefined stands before all times. So does null in oldest first, and after them in newest first. */
  keyOf(instant: string | null | undefined): number {
    if (instant === undefined) return Number.NEGATIVE_INFINITY;
    return instant === null ? -this.sign * Number.POSITIVE_INFINITY : this.sign * timeOf(instant);
  }

  /** The position before all calls with this key. */
  positionOf(key: number): Position {
    const providerCallId = this.sign === 1 ? '' : '\uffff';
    if (Number.isFinite(key)) return { createdAt: new Date(this.sign * key).toISOString(), providerCallId };
    return { createdAt: this.sign === 1 ? null : '9999-12-31T23:59:59.999Z', providerCallId };
  }

  /** The keys of the calls that a request is about, inclusive. */
  boundsOf({ filter, after }: PageRequest): { readonly start: number; readonly end: number } {
    const bounds = [filter.createdAfter, filter.createdBefore];
    const [first, last] = this.sign === 1 ? bounds : bounds.reverse();
    const end = last === undefined ? Number.POSITIVE_INFINITY : this.keyOf(last);
    return { start: Math.max(this.keyOf(first), this.keyOf(after?.createdAt)), end };
  }

  slackOf({ slack: { earlier, later } }: NumberSource): Slack {
    return this.sign === 1 ? { before: earlier, after: later } : { before: later, after: earlier };
  }
}
