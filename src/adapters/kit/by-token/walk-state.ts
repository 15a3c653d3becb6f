import type { Instant } from '../../../calls/call.ts';
import { comparatorOf } from '../../../calls/order.ts';
import type { Page, PageRequest, Position } from '../../../calls/page.ts';

/** What a walk through a list keeps from page to page, in the hint, besides what makes reading cheap. */
export interface WalkState {
  /** How many requests have been spent since the walk has last got further. */
  readonly still: number;
  /** See `UnstartedCalls.knownBehind`. */
  readonly unstarted: Instant | null | undefined;
}

/**
 * How many requests a walk may spend without getting further. To find the way through a dense cluster behind a week of
 * silence takes some thirty, each of which halves it.
 */
export const longestStandstill = 60;

/** Puts the state before a hint; nothing where there is nothing to say. */
export function writeWalkState(
  { still, unstarted }: WalkState,
  hint: string | undefined,
): string | undefined {
  if (still === 0 && unstarted === undefined) return hint;
  const known = unstarted === undefined ? '' : unstarted === null ? '-' : String(Date.parse(unstarted));
  return `w${still},${known};${hint ?? ''}`;
}

/** Takes the two apart again. What is no state is a hint; what is no sound state says nothing. */
export function readWalkState(text: string | undefined): WalkState & { readonly hint: string | undefined } {
  const [, still, known, hint] = /^w(\d{1,4}),(-|-?\d{1,14}|);(.*)$/s.exec(text ?? '') ?? [];
  if (still === undefined) return { still: 0, unstarted: undefined, hint: text };
  const unstarted = known === '' ? undefined : known === '-' ? null : new Date(Number(known)).toISOString();
  return { still: Number(still), unstarted, hint: hint || undefined };
}

/** Whether reading on from the page gets anywhere: to its calls, to a position behind `after`, or to the end. */
export function isFurther({ calls, more, stopped }: Page, { order, after }: PageRequest): boolean {
  if (!more || calls.length > 0 || stopped === undefined) return true;
  return comparatorOf(order)(stopped, after ?? beginningOf(order)) > 0;
}

/** The position before all calls that have a time. */
export function beginningOf(order: PageRequest['order']): Position {
  return order === 'OLDEST_FIRST'
    ? { createdAt: null, providerCallId: '' }
    : { createdAt: '9999-12-31T23:59:59.999Z', providerCallId: '' };
}
