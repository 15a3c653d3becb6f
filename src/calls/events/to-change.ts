import type { CallEventKind } from '../../generated/schema.ts';
import type { Call, Instant } from '../call.ts';
import type { CallKey } from '../call-loader.ts';
import { sha256 } from '../sha256.ts';
import type { CallEvent } from './call-event.ts';
import type { CallState, Change } from './event-log.ts';
import { type CallRecord, mergeCalls, tellsMore } from './merge-calls.ts';
import type { Observation } from './observation.ts';
import { isEnded, rankOf } from './status-rank.ts';

/** What a log calls a call. Ids need not be secret, but are not shown where a store is. */
export function digestOf({ accountKey, providerCallId }: CallKey): string {
  return sha256(`${accountKey}:${providerCallId}`);
}

/** An event as a log keeps it. */
export type EventRecord = Omit<CallEvent, 'cursor' | 'call'> & { readonly call: CallRecord };

/**
 * What an observation changes: an event if it takes the call forward; else nothing, or only what is known of the call.
 *
 * @param known the state of the call; undefined if there is none
 * @param isNews whether it is told of a call that is first seen when it has ended
 */
export function toChange(
  known: CallState | undefined,
  { call, source, occurredAt }: Observation,
  isNews: boolean,
): Change | undefined {
  const hasEnded = known !== undefined && known.text === undefined;
  if (hasEnded) return undefined;
  const { account, ...seen } = call;
  const before: CallRecord | undefined = known?.text === undefined ? undefined : JSON.parse(known.text);
  const isForward = before === undefined || rankOf(seen.status) > rankOf(before.status);
  const after = before === undefined ? seen : isForward ? mergeCalls(before, seen) : mergeCalls(seen, before);
  if (!isForward && before !== undefined && !tellsMore(after, before)) return undefined;
  const isTold = isForward && (isNews || before !== undefined || !isEnded(seen.status));
  const event: EventRecord = {
    kind: kindOf(before, seen),
    call: after,
    previousStatus: before?.status ?? null,
    occurredAt: occurredAt ?? timeOfStatus(after) ?? new Date().toISOString(),
    source,
  };
  return {
    accountKey: account.key,
    call: digestOf({ accountKey: account.key, providerCallId: call.providerCallId }),
    from: known?.version,
    state: isEnded(after.status) ? undefined : JSON.stringify(after),
    event: isTold ? JSON.stringify(event) : undefined,
  };
}

function kindOf(before: CallRecord | undefined, { status }: Pick<Call, 'status'>): CallEventKind {
  if (isEnded(status)) return 'ENDED';
  return before === undefined ? 'CREATED' : 'CHANGED';
}

/** When the call came into its state, as far as its provider tells. */
function timeOfStatus({ status, createdAt, answeredAt, endedAt }: CallRecord): Instant | null {
  if (isEnded(status)) return endedAt;
  if (status === 'IN_PROGRESS') return answeredAt;
  return rankOf(status) < rankOf('RINGING') ? createdAt : null;
}
