import type { Call, Instant } from '../call.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import type { NewCall } from '../new-call.ts';
import type { Operation } from '../operation.ts';

/** By how much the provider's clock may differ from ours, in milliseconds. */
const skew = 30_000;
const mostCandidates = 20;
const mostRequests = 5;
/** Where years still have four digits, and times are in order as text. */
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** From when until when a request may have arrived, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Calls that an unanswered attempt may have placed. */
export interface Candidates {
  readonly calls: readonly Call[];
  /** False when there may be more than were looked at, also where a row could not be read. */
  readonly isComplete: boolean;
}

/**
 * Looks for calls of the same two parties, created while the attempt was under way, that the adapter takes for
 * possible. No provider takes a mark that could be read back (Bandwidth's tag is not readable, Restcomm has
 * none), so this is all there is to go by.
 */
export async function findPlaced(
  adapter: CallsAdapter,
  newCall: NewCall,
  sent: Span,
  operation: Operation,
): Promise<Candidates> {
  const { from, to } = newCall;
  const filter = { from, to, ...boundsOf(sent) };
  const request = { order: 'NEWEST_FIRST', filter, size: mostCandidates, budget: mostRequests } as const;
  const { calls, more, skipped = [] } = await adapter.page(request, operation);
  const candidates = calls.filter((call) => mayBeOurs(call) && adapter.fits(call, newCall));
  return { calls: candidates, isComplete: !more && skipped.length === 0 };
}

/** The other leg of a call from one number of ours to another is inbound, and one that is put through has a parent. */
function mayBeOurs({ direction, parentId }: Call): boolean {
  return direction !== 'INBOUND' && parentId === null;
}

/** Whether an attempt of that time may have placed the call. */
export function mayHavePlaced(sent: Span, { createdAt }: Call): boolean {
  const { createdAfter, createdBefore } = boundsOf(sent);
  return createdAt === null || (createdAt >= createdAfter && createdAt <= createdBefore);
}

function boundsOf({ from, until }: Span): { createdAfter: Instant; createdBefore: Instant } {
  return { createdAfter: instant(from - skew), createdBefore: instant(until + skew) };
}

function instant(milliseconds: number): Instant {
  return new Date(Math.max(0, Math.min(milliseconds, latest))).toISOString();
}
