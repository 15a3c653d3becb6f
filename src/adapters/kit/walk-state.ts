import type { Instant } from '../../calls/call.ts';
import { comparatorOf } from '../../calls/order.ts';
import type { Page, PageRequest, Position } from '../../calls/page.ts';

/**
 * State that is passed from page to page in the hint, besides the estimates. A walk is one client's sequence of
 * pages.
 */
export interface WalkState {
  /** How many requests have been spent since the last page that made progress. */
  readonly still: number;
  /** See `UnstartedCalls.knownBehind`. */
  readonly unstarted: Instant | null | undefined;
  /** See `UnstartedCalls.seenBy`. */
  readonly seen?: number | undefined;
}

/**
 * How many requests a walk may spend without progress. Finding a dense cluster after a week without calls takes about
 * ten, and finding a row by its number among a million some thirty.
 */
export const longestStandstill = 60;

/** Puts the state before a hint, which is unchanged if the state is empty. */
export function writeWalkState(
  { still, unstarted, seen }: WalkState,
  hint: string | undefined,
): string | undefined {
  if (still === 0 && unstarted === undefined && seen === undefined) return hint;
  const known = unstarted === undefined ? '' : unstarted === null ? '-' : String(Date.parse(unstarted));
  return `w${still},${known},${seen ?? ''};${hint ?? ''}`;
}

/** Splits the text into state and hint. A text without a valid state is returned as the hint. */
export function readWalkState(text: string | undefined): WalkState & { readonly hint: string | undefined } {
  const pattern = /^w(\d{1,4}),(-|-?\d{1,15}|),(-?\d{1,15}|);(.*)$/s;
  const [, still, known, seen, hint] = pattern.exec(text ?? '') ?? [];
  if (still === undefined) return { still: 0, unstarted: undefined, hint: text };
  const unstarted = known === '' ? undefined : known === '-' ? null : new Date(Number(known)).toISOString();
  return { still: Number(still), unstarted, seen: seen ? Number(seen) : undefined, hint: hint || undefined };
}

/** Whether the page made progress: it has calls, it stopped after `after`, or it is the last. */
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
