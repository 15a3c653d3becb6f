import type { Entry } from '../../call-table.ts';
import { foldStatus, isOver, type RestcommCall } from '../call.ts';
import { type CarrierContext, toStored } from './carrier-context.ts';
import { hangUp } from './hangup.ts';
import { judgeDocument, type Verdict } from './judge-document.ts';
import type { Address, Script } from './leg.ts';
import { legOf, scriptPairs, tellEnd, tellState } from './status-callbacks.ts';
import { toRequest } from './to-request.ts';

/** Whether a document is asked for at all: an address elsewhere is not, and the call goes on by itself. */
export function hasReachableScript(context: CarrierContext, script: Script | undefined): script is Script {
  return script !== undefined && context.webhooks.mayReach(script.url, 'script');
}

/**
 * Asks for the document of a call. If it fails, the fallback is asked once. Source: Restcomm-Connect
 * VoiceInterpreter.
 */
export function requestScript(context: CarrierContext, entry: Entry<RestcommCall>, script: Script): void {
  const { call } = entry;
  const leg = legOf(context, call);
  leg.scripts += 1;
  const own = leg.scripts;
  const ask = async (address: Address) => {
    const about = { event: 'script', callId: call.sid, timeout: context.responseTimeout };
    const request = toRequest(address, scriptPairs(context, call), about);
    return request === undefined ? 'failed' : judgeDocument(await context.webhooks.send(request));
  };
  const run = async () => {
    let verdict: Verdict = await ask(script);
    const hasFailed = verdict === 'failed' || verdict === 'not-found';
    if (hasFailed && script.fallback !== undefined) verdict = await ask(script.fallback);
    const isCurrent = context.table.get(call.sid) === entry && leg.scripts === own;
    if (isCurrent && !isOver(call.status)) settleScript(context, entry, verdict);
    context.alarm.set();
  };
  run();
}

/** A 404 ends a call that rings and leaves any other one up and silent. */
function settleScript(context: CarrierContext, entry: Entry<RestcommCall>, verdict: Verdict): void {
  const { call } = entry;
  const now = context.clock.now();
  const inbound = call.direction === 'inbound';
  const rings = foldStatus(call.status) === 'ringing';
  if (verdict === 'hangup') hangUp(context, entry);
  else if (verdict === 'failed') finish(context, entry, inbound ? 'failed' : 'FAILED', now);
  else if (verdict === 'not-found' && rings) finish(context, entry, 'not-found', now);
  else if (verdict === 'run' && inbound && rings) answerInbound(context, call, now);
}

function finish(context: CarrierContext, entry: Entry<RestcommCall>, status: string, now: number): void {
  entry.call.status = status;
  entry.call.date_updated = toStored(now, context.database);
  context.table.replan(entry, []);
  tellEnd(context, entry.call, now);
}

/** An inbound call is picked up: start_time is then the time of the answer. */
export function answerInbound(context: CarrierContext, call: RestcommCall, at: number): void {
  const stored = toStored(at, context.database);
  call.ring_duration = Math.floor((stored - call.date_created) / 1000);
  call.status = 'in-progress';
  call.start_time = stored;
  call.date_updated = stored;
  tellState(context, call);
}
