import { TALK_MS } from '../assumptions.ts';
import type { Entry } from '../call-table.ts';
import type { Received } from '../journal.ts';
import type { Reply } from '../send-reply.ts';
import type { Markup } from '../voice/read-markup.ts';
import { findFault, type Members, methodRule, readObject, tagRule, textRule, urlRule } from './body-rules.ts';
import { readBxml } from './bxml/read-bxml.ts';
import type { BandwidthCall } from './call.ts';
import { toScriptTarget, toTag } from './call-hooks.ts';
import type { CarrierContext } from './carrier-context.ts';
import { BAD_REQUEST, refuse, refuseState, refuseUnknown, SOMETHING_WRONG } from './errors.ts';
import { hooksOf } from './hooks-of.ts';
import { requestScript, startScript } from './script.ts';
import { answer, end, hangupAt } from './states.ts';
import { toIsRetained } from './visibility.ts';

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
  if (entry === undefined || !toIsRetained(context)(entry)) return refuseUnknown(callId);
  const done = state === 'completed' ? complete(context, entry, now) : redirect(context, entry, now, body);
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
  const document = readBxml(request.body);
  if (document === undefined) return refuse(400, SOMETHING_WRONG);
  const entry = context.table.get(callId);
  const now = context.clock.now();
  if (entry === undefined || !toIsRetained(context)(entry)) return refuseUnknown(callId);
  if (!replaceScript(context, entry, now, document)) return refuseState(callId);
  return { status: 204, headers: {}, body: '' };
}

/** Has the application asked for a new script. False unless the call is answered or inbound. */
function redirect(context: CarrierContext, entry: Entry<BandwidthCall>, now: number, body: Members): boolean {
  if (!mayReplaceScript(entry.call)) return false;
  const target = toScriptTarget(body, 'redirect');
  if (typeof body.tag === 'string') hooksOf(context, entry.call).tag = toTag(body.tag);
  if (requestScript(context, entry, target, { eventType: 'redirect', at: now })) return true;
  return replaceScript(context, entry, now);
}

/**
 * Replaces the script of a call, whose end is then its own; without a document the call lasts for `TALK_MS`. False
 * unless it is answered or inbound.
 */
function replaceScript(
  context: CarrierContext,
  entry: Entry<BandwidthCall>,
  now: number,
  document?: Markup,
): boolean {
  const { call } = entry;
  if (!mayReplaceScript(call)) return false;
  hooksOf(context, call).run?.stop();
  if (document === undefined && call.state === 'initiated') answer(call, now);
  context.table.replan(entry, document === undefined ? hangupAt(context, now + TALK_MS) : []);
  if (document !== undefined) startScript(context, entry, now, document);
  return true;
}

function mayReplaceScript({ state, direction }: BandwidthCall): boolean {
  return state === 'answered' || (state === 'initiated' && direction === 'inbound');
}

/** Ends a call with the cause that matches its state; false if it has ended already. */
function complete(context: CarrierContext, entry: Entry<BandwidthCall>, now: number): boolean {
  const { call } = entry;
  if (call.state === 'disconnected') return false;
  const unanswered = call.state === 'queued' || call.state === 'initiated';
  context.queue.leave(entry);
  end(context, call, now, {
    cause: !unanswered ? 'hangup' : call.direction === 'inbound' ? 'rejected' : 'cancel',
  });
  context.table.replan(entry, []);
  return true;
}
