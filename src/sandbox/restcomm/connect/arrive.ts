import { PICK_UP_MS } from '../../arrivals.ts';
import { blankCall, type RestcommCall } from '../call.ts';
import { answerInbound } from './answer-inbound.ts';
import { type CarrierContext, drawCallSid, toStored } from './carrier-context.ts';
import { farEndAt } from './hangup.ts';
import type { Script } from './leg.ts';
import { hasReachableScript, startScript } from './script.ts';
import { legOf, tellState } from './status-callbacks.ts';

/**
 * An inbound call arrives. The number's document is asked for, and answers it; without one it is answered after
 * `PICK_UP_MS`. The caller hangs up `talks` milliseconds later. Source: Restcomm-Connect CallManager.
 */
export function arrive(
  context: CarrierContext,
  given: Partial<RestcommCall>,
  talks: number,
  at: number,
): RestcommCall {
  const stored = toStored(at, context.database);
  const to = given.to ?? '+19195554321';
  const call: RestcommCall = {
    ...blankCall(given.sid ?? drawCallSid(context), stored),
    instance_id: context.instanceId,
    account_sid: context.accounts[0]?.sid ?? null,
    phone_number_sid: `PN${to.replace(/\D/g, '').padStart(32, '0')}`,
    from: '+19195551234',
    to,
    status: 'ringing',
    start_time: stored,
    price: '0.00',
    ...given,
  };
  const { hangsUpAfter = talks } = context.meet(call.from, call.sid);
  const hangup = farEndAt(context, at + PICK_UP_MS + hangsUpAfter);
  const entry = context.table.insert(call, { createdAt: stored, plan: [hangup] });
  const { voiceUrl, voiceFallbackUrl, statusCallback } = context.callbacks;
  if (statusCallback !== undefined)
    legOf(context, call).scriptCallback = { url: statusCallback, method: 'POST' };
  tellState(context, call);
  const script = voiceUrl === undefined ? undefined : toScript(voiceUrl, voiceFallbackUrl);
  if (hasReachableScript(context, script)) startScript(context, entry, script, at);
  else {
    const picked = at + PICK_UP_MS;
    const pickUp = { at: picked, apply: (ringing: RestcommCall) => answerInbound(context, ringing, picked) };
    context.table.replan(entry, [pickUp, hangup]);
  }
  context.alarm.set();
  return call;
}

function toScript(url: string, fallback: string | undefined): Script {
  const method = 'POST';
  return { url, method, fallback: fallback === undefined ? undefined : { url: fallback, method } };
}
