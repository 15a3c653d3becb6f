import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest } from '../../../calls/page.ts';
import { ListOrder } from './list-order.ts';

/**
 * How many requests a walk may spend, over several pages, without getting further. A search in a million rows takes
 * some thirty.
 */
const mostRequests = 100;

/** A hint, and how many requests have been spent since the walk has last got further. */
export interface StalledHint {
  readonly hint: string | undefined;
  readonly requests: number;
}

export function readStalledHint(text: string | undefined): StalledHint {
  const [, hint, requests] = /^(.*)~(\d{1,4})$/.exec(text ?? '') ?? [];
  if (hint === undefined) return { hint: text, requests: 0 };
  return { hint: hint || undefined, requests: Number(requests) };
}

/** Undefined when too many requests have been spent. */
export function writeStalledHint({ hint, requests }: StalledHint): string | undefined {
  return requests > mostRequests ? undefined : `${hint ?? ''}~${requests}`;
}

/** Whether a page ends where it began, with nothing on it. */
export function isStalled({ calls, skipped, stopped }: Page, { order, after }: PageRequest): boolean {
  if (stopped === undefined || calls.length > 0 || skipped !== undefined) return false;
  const start = after ?? new ListOrder(order).positionOf(Number.NEGATIVE_INFINITY);
  return comparatorOf(order)(stopped, start) <= 0;
}
