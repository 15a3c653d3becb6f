import type { Entry, Step } from '../../call-table.ts';
import { foldStatus, isOver, type RestcommCall, secondsBetween } from '../call.ts';
import { type CarrierContext, toStored } from './carrier-context.ts';
import { tellEnd } from './status-callbacks.ts';

/** The hang-up of a call by either side: `canceled` before it is answered, `completed` afterwards. */
export function hangupAt(context: CarrierContext, at: number): Step<RestcommCall> {
  return {
    at,
    apply(call) {
      const stored = toStored(at, context.database);
      call.status = foldStatus(call.status) === 'in-progress' ? 'completed' : 'canceled';
      call.end_time = stored;
      call.duration = secondsBetween(call.start_time ?? stored, stored);
      call.date_updated = stored;
      tellEnd(context, call, at);
    },
  };
}

/** The number of the far end: of a call that arrived the caller's. */
export function remoteOf({ direction, from, to }: RestcommCall): string {
  return direction === 'inbound' ? from : to;
}

/** The hang-up by the far end. The transcript tells of it if the call has a script. */
export function farEndAt(context: CarrierContext, at: number): Step<RestcommCall> {
  const { apply } = hangupAt(context, at);
  return {
    at,
    apply(call) {
      if (context.legs.get(call)?.run !== undefined) {
        context.write({ at, callId: call.sid, text: 'the far end hung up' });
      }
      apply(call);
    },
  };
}

/** Hangs up immediately. */
export function hangUp(context: CarrierContext, entry: Entry<RestcommCall>): void {
  hangupAt(context, context.clock.now()).apply(entry.call);
  context.table.replan(entry, []);
}

/** The active children and the active parent of a call. */
export function peersOf(context: CarrierContext, call: RestcommCall): readonly Entry<RestcommCall>[] {
  const isPeer = (other: RestcommCall) =>
    other.parent_call_sid === call.sid || call.parent_call_sid === other.sid;
  return context.table.inOrder().filter((entry) => isPeer(entry.call) && !isOver(entry.call.status));
}
