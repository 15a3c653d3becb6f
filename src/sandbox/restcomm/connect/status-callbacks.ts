import { foldStatus, isOver, type RestcommCall } from '../call.ts';
import { toIso, toTimestamp } from '../dates.ts';
import type { CarrierContext } from './carrier-context.ts';
import type { Address, Leg } from './leg.ts';
import { type Pairs, toRequest } from './to-request.ts';

/** The requests about a call, which are none at first if it was not created through the API. */
export function legOf(context: CarrierContext, call: RestcommCall): Leg {
  const leg = context.legs.get(call) ?? { told: new Set(), listeners: new Set() };
  context.legs.set(call, leg);
  return leg;
}

/** The progress of a leg that is told, each with its fixed sequence number. */
const EVENTS = ['initiated', 'ringing', 'answered', 'completed'] as const;

/**
 * Tells that a leg has progressed, and each state at most once. Requests of one call are sent one after another.
 * Source: Restcomm-Connect Call.java.
 */
export function tellProgress(
  context: CarrierContext,
  call: RestcommCall,
  event: (typeof EVENTS)[number],
  at: number,
): void {
  const leg = context.legs.get(call);
  if (leg?.statusCallback === undefined || leg.told.has(event)) return;
  if (leg.events?.has(event) === false) return;
  leg.told.add(event);
  const pairs: Pairs = [
    ['InstanceId', call.instance_id],
    ['AccountSid', call.account_sid],
    ['CallSid', call.sid],
    ['From', call.from],
    ['To', call.to],
    ['Direction', call.direction],
    ['CallerName', call.from],
    ['ForwardedFrom', call.forwarded_from],
    ...(call.parent_call_sid === null ? [] : ([['ParentCallSid', call.parent_call_sid]] as const)),
    ['CallStatus', event],
    ...(event === 'completed' ? ([['CallDuration', String(call.duration ?? 0)]] as const) : []),
    ['Timestamp', toTimestamp(at, context.dialect.zoneMinutes)],
    ['CallbackSource', 'call-progress-events'],
    ['SequenceNumber', String(EVENTS.indexOf(event))],
  ];
  sendCallback(context, call, leg.statusCallback, event, pairs);
}

/**
 * Tells the state of a call whose script has a callback, each state at most once. Source: Restcomm-Connect
 * BaseVoiceInterpreter.callback.
 */
export function tellState(context: CarrierContext, call: RestcommCall): void {
  const leg = context.legs.get(call);
  const state = foldStatus(call.status);
  if (leg?.scriptCallback === undefined || leg.told.has(`state ${state}`)) return;
  leg.told.add(`state ${state}`);
  sendCallback(context, call, leg.scriptCallback, state, scriptPairs(context, call));
}

/** Tells the end of a call, to its script and to both callbacks. */
export function tellEnd(context: CarrierContext, call: RestcommCall, at: number): void {
  if (!isOver(call.status)) return;
  const leg = context.legs.get(call);
  leg?.run?.hangUp(at);
  for (const listener of [...(leg?.listeners ?? [])]) listener(at);
  tellProgress(context, call, 'completed', at);
  tellState(context, call);
}

function sendCallback(
  context: CarrierContext,
  call: RestcommCall,
  address: Address,
  event: string,
  pairs: Pairs,
): void {
  const { webhooks, responseTimeout: timeout } = context;
  if (!webhooks.mayReach(address.url, event)) return;
  const request = toRequest(address, pairs, { event, callId: call.sid, timeout });
  if (request !== undefined) webhooks.send(request, call.sid);
}

/** The parameters of a request for a document. Source: Restcomm-Connect VoiceInterpreter.parameters. */
export function scriptPairs(context: CarrierContext, call: RestcommCall): Pairs {
  const callerName = call.direction === 'inbound' ? call.caller_name : null;
  return [
    ['CallSid', call.sid],
    ['InstanceId', call.instance_id],
    ['AccountSid', call.account_sid],
    ['From', call.from],
    ['To', call.to],
    ['CallStatus', foldStatus(call.status)],
    ['ApiVersion', call.api_version],
    ['Direction', call.direction],
    ['CallerName', callerName ?? 'null'],
    ['ForwardedFrom', call.forwarded_from ?? 'null'],
    ['CallTimestamp', toIso(call.date_created, context.dialect.zoneMinutes)],
  ];
}
