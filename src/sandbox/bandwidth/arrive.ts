import { PICK_UP_MS } from '../arrivals.ts';
import { type BandwidthCall, completeCall, toTime } from './call.ts';
import { type CarrierContext, drawCallId } from './carrier-context.ts';
import { initiateTarget } from './hooks-of.ts';
import { requestScript } from './script.ts';
import { answer, hangupAt } from './states.ts';

/**
 * An inbound call arrives. The application is asked for BXML, which answers it; without an application it is answered
 * after `PICK_UP_MS`. The caller hangs up `talks` milliseconds later. Source: Bandwidth docs, initiate webhook.
 */
export function arrive(
  context: CarrierContext,
  given: Partial<BandwidthCall>,
  talks: number,
  at: number,
): BandwidthCall {
  const members = { direction: 'inbound', state: 'initiated', startTime: toTime(at), ...given };
  const callId = given.callId ?? drawCallId(context.random);
  const call = completeCall(members, { ...context.options, callId, now: at });
  const { hangsUpAfter = talks } = context.meet(call.from, callId);
  const hangup = hangupAt(context, at + PICK_UP_MS + hangsUpAfter);
  const entry = context.table.insert(call, { createdAt: at, plan: hangup });
  const { stirShaken } = call;
  const event = { eventType: 'initiate', at, stirShaken, privacy: false, callerDisplayName: '' };
  if (!requestScript(context, entry, initiateTarget(context), event)) {
    const answered = at + PICK_UP_MS;
    const pickUp = { at: answered, apply: (ringing: BandwidthCall) => answer(ringing, answered) };
    context.table.replan(entry, [pickUp, ...hangup]);
  }
  context.alarm.set();
  return call;
}
