import { TALK_MS } from '../assumptions.ts';
import type { Entry } from '../call-table.ts';
import type { Received } from '../journal.ts';
import type { Reply } from '../send-reply.ts';
import { findFault, methodRule, readObject, tagRule, textRule, urlRule } from './body-rules.ts';
import { readBxml } from './bxml.ts';
import type { BandwidthCall } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';
import { BAD_REQUEST, refuse, refuseState, refuseUnknown, SOMETHING_WRONG } from './errors.ts';
import { answer, end, hangupAt } from './lifecycle.ts';
import { isRetained } from './visibility.ts';

/**
 * `POST /accounts/{accountId}/calls/{callId}`: 200 with an empty body. As in the live service, other members are allowed
 * with `completed`, a state of null is refused although the schema allows it, and the body is checked before the state
 * of the call. Source: Bandwidth spec, updateCall; csharp-sdk and java-sdk smoke tests.
 */
export function updateCall(context: CarrierContext, request: Received, callId: string): Reply {
  const body = readObject(request.body);
  if (body === undefined) return refuse(400, BAD_REQUEST);
  const state = Object.hasOwn(body, 'state') ? body.state : 'active';
  if (state !== 'active' && state !== 'completed') return refuse(400, SOMETHING_WRONG);
  const wrong = findFault(RULES, body);
  if (wrong !== undefined) return refuse(400, wrong);
  if (state === 'active' && !body.redirectUrl) return refuse(400, SOMETHING_WRONG);

  const entry = context.table.get(callId);
  const now = context.clock.now();
  if (entry === undefined || !isRetained(context, entry, now)) return refuseUnknown(callId);
  const done =
    state === 'completed' ? complete(context, entry, now) : replaceScript(context, entry, now, TALK_MS);
  return done ? { status: 200, headers: {}, body: '' } : refuseState(callId);
}

const RULES = [
  urlRule('redirectUrl', ['username', 'password']),
  urlRule('redirectFallbackUrl', ['fallbackUsername', 'fallbackPassword']),
  ...['redirectMethod', 'redirectFallbackMethod'].map(methodRule),
  ...['username', 'password', 'fallbackUsername', 'fallbackPassword'].map((member) => textRule(member, 1024)),
  tagRule,
];

/** `PUT /accounts/{accountId}/calls/{callId}/bxml`: 204. Source: Bandwidth spec, updateCallBxml. */
export function updateCallBxml(context: CarrierContext, request: Received, callId: string): Reply {
  const script = readBxml(request.body);
  if (script === undefined) return refuse(400, SOMETHING_WRONG);
  const entry = context.table.get(callId);
  const now = context.clock.now();
  if (entry === undefined || !isRetained(context, entry, now)) return refuseUnknown(callId);
  if (!replaceScript(context, entry, now, script.lasts)) return refuseState(callId);
  return { status: 204, headers: {}, body: '' };
}

/** Replaces the script of a call, which ends it after `lasts` milliseconds. False unless it is answered or inbound. */
function replaceScript(
  context: CarrierContext,
  entry: Entry<BandwidthCall>,
  now: number,
  lasts: number,
): boolean {
  const { call } = entry;
  const offered = call.state === 'initiated' && call.direction === 'inbound';
  if (call.state !== 'answered' && !offered) return false;
  if (offered) answer(call, now);
  context.table.replan(entry, hangupAt(now + lasts));
  context.table.settle(now);
  return true;
}

/** Ends a call with the cause that matches its state; false if it has ended already. */
function complete(context: CarrierContext, entry: Entry<BandwidthCall>, now: number): boolean {
  const { call } = entry;
  if (call.state === 'disconnected') return false;
  const unanswered = call.state === 'queued' || call.state === 'initiated';
  context.queue.leave(entry);
  end(call, now, { cause: !unanswered ? 'hangup' : call.direction === 'inbound' ? 'rejected' : 'cancel' });
  context.table.replan(entry, []);
  return true;
}
