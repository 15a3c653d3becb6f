import type { Call, Instant } from '../call.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import type { NewCall } from '../new-call.ts';
import type { Operation } from '../operation.ts';

/** Milliseconds by which the provider's clock may differ from ours. */
const clockSkew = 30_000;
const maxCandidates = 20;
const maxRequests = 5;
/** The last time with a four-digit year: up to it, instants are ordered as text. */
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** When a request may have reached the provider, in milliseconds since the epoch. */
export interface TimeSpan {
  readonly from: number;
  readonly until: number;
}

/** Calls that an attempt with an unknown outcome may have placed. */
export interface Candidates {
  readonly calls: readonly Call[];
  /** False when there may be further candidates: there were more calls than are read, or rows that cannot be read. */
  readonly isComplete: boolean;
}

/**
 * Looks for the calls that an attempt may have placed: of the same two parties, created while it was active, and
 * accepted by the adapter's `fits`. There is no better evidence, since no provider takes a mark that can be read back
 * (Bandwidth's tag is write-only, Restcomm has none).
 *
 * @throws ProviderError when the list cannot be read
 */
export async function findPlaced(
  adapter: CallsAdapter,
  newCall: NewCall,
  sent: TimeSpan,
  operation: Operation,
): Promise<Candidates> {
  const { from, to } = newCall;
  const filter = { from, to, ...toBounds(sent) };
  const request = { order: 'NEWEST_FIRST', filter, size: maxCandidates, budget: maxRequests } as const;
  const { calls, more, skipped = [] } = await adapter.page(request, operation);
  const candidates = calls.filter((call) => isOwnLeg(call) && adapter.fits(call, newCall));
  return { calls: candidates, isComplete: !more && skipped.length === 0 };
}

/** Whether it is a leg that the API creates: not the inbound leg between two own numbers, nor a transferred leg. */
function isOwnLeg({ direction, parentId }: Call): boolean {
  return direction !== 'INBOUND' && parentId === null;
}

/** Whether an attempt that was active in this time span may have placed the call. */
export function mayHavePlaced(sent: TimeSpan, { createdAt }: Call): boolean {
  const { createdAfter, createdBefore } = toBounds(sent);
  return createdAt === null || (createdAt >= createdAfter && createdAt <= createdBefore);
}

function toBounds({ from, until }: TimeSpan): { createdAfter: Instant; createdBefore: Instant } {
  return { createdAfter: toInstant(from - clockSkew), createdBefore: toInstant(until + clockSkew) };
}

function toInstant(milliseconds: number): Instant {
  return new Date(Math.max(0, Math.min(milliseconds, latest))).toISOString();
}
