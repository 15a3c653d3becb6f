import { TALK_MS } from '../choices.ts';
import type { Received } from '../journal.ts';
import type { Reply } from '../reply.ts';
import type { Entry } from '../roster.ts';
import { findFault, methodRule, readObject, tagRule, textRule, urlRule } from './body-rules.ts';
import { readBxml } from './bxml.ts';
import type { BandwidthCall } from './call.ts';
import { BAD_REQUEST, refuse, refuseState, refuseUnknown, SOMETHING_WRONG } from './errors.ts';
import { isKept } from './held.ts';
import { answer, end, hangupAt } from './life.ts';
import type { Setting } from './setting.ts';

const RULES = [
  urlRule('redirectUrl', ['username', 'password']),
  urlRule('redirectFallbackUrl', ['fallbackUsername', 'fallbackPassword']),
  ...['redirectMethod', 'redirectFallbackMethod'].map(methodRule),
  ...['username', 'password', 'fallbackUsername', 'fallbackPassword'].map((member) => textRule(member, 1024)),
  tagRule,
];

/**
 * `POST /accounts/{accountId}/calls/{callId}`: 200 and an empty body. As the live service does: the rest is allowed
 * beside `completed`, a state of null is refused though the schema has it nullable, and the form of the body is looked
 * at before the state of the call. Source: Bandwidth spec, updateCall; csharp-sdk and java-sdk smoke tests.
 */
export function updateCall(setting: Setting, request: Received, callId: string): Reply {
  const body = readObject(request.body);
  if (body === undefined) return refuse(400, BAD_REQUEST);
  const state = Object.hasOwn(body, 'state') ? body.state : 'active';
  if (state !== 'active' && state !== 'completed') return refuse(400, SOMETHING_WRONG);
  const wrong = findFault(RULES, body);
  if (wrong !== undefined) return refuse(400, wrong);
  if (state === 'active' && !body.redirectUrl) return refuse(400, SOMETHING_WRONG);

  const entry = setting.roster.get(callId);
  const now = setting.clock.now();
  if (entry === undefined || !isKept(setting, entry, now)) return refuseUnknown(callId);
  const done = state === 'completed' ? complete(setting, entry, now) : steer(setting, entry, now, TALK_MS);
  return done ? { status: 200, headers: {}, body: '' } : refuseState(callId);
}

/** `PUT /accounts/{accountId}/calls/{callId}/bxml`: 204. Source: Bandwidth spec, updateCallBxml. */
export function updateCallBxml(setting: Setting, request: Received, callId: string): Reply {
  const script = readBxml(request.body);
  if (script === undefined) return refuse(400, SOMETHING_WRONG);
  const entry = setting.roster.get(callId);
  const now = setting.clock.now();
  if (entry === undefined || !isKept(setting, entry, now)) return refuseUnknown(callId);
  if (!steer(setting, entry, now, script.lasts)) return refuseState(callId);
  return { status: 204, headers: {}, body: '' };
}

/** Gives a call another script, which ends it after so many milliseconds. Only answered calls and inbound ones can. */
function steer(setting: Setting, entry: Entry<BandwidthCall>, now: number, lasts: number): boolean {
  const { call } = entry;
  const offered = call.state === 'initiated' && call.direction === 'inbound';
  if (call.state !== 'answered' && !offered) return false;
  if (offered) answer(call, now);
  setting.roster.replan(entry, hangupAt(now + lasts));
  setting.roster.settle(now);
  return true;
}

/** Ends a call in whatever way its state allows; false if it is over. */
function complete(setting: Setting, entry: Entry<BandwidthCall>, now: number): boolean {
  const { call } = entry;
  if (call.state === 'disconnected') return false;
  const unanswered = call.state === 'queued' || call.state === 'initiated';
  setting.queue.leave(entry);
  end(call, now, { cause: !unanswered ? 'hangup' : call.direction === 'inbound' ? 'rejected' : 'cancel' });
  setting.roster.replan(entry, []);
  return true;
}
