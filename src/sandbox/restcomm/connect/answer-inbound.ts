import type { RestcommCall } from '../call.ts';
import { type CarrierContext, toStored } from './carrier-context.ts';
import { tellState } from './status-callbacks.ts';

/** An inbound call is picked up: start_time is then the time of the answer. */
export function answerInbound(context: CarrierContext, call: RestcommCall, at: number): void {
  const stored = toStored(at, context.database);
  call.ring_duration = Math.floor((stored - call.date_created) / 1000);
  call.status = 'in-progress';
  call.start_time = stored;
  call.date_updated = stored;
  tellState(context, call);
}
