import { type Element, elementsOf, textOf } from '../xml/element.ts';
import { type RcmlElement, rcml } from './rcml-element.ts';
import { takeAttributes } from './take-attributes.ts';
import { toSeconds } from './to-whole-seconds.ts';
import type { Translator } from './translator.ts';

/** Seconds: Restcomm's own default, written since it must be known. */
const longestCall = 14_400;
const longestConference = 86_400;
const mostMembers = 20;

/**
 * Transfer → Dial, with Number and Sip: all ring, the first to answer wins. Once a callee was connected, Restcomm hangs up
 * the caller with it: what follows runs only if nobody was. It is reached by the action, and by a Redirect if not even a
 * leg could be created, when the answer of the action is ignored.
 */
export function toDial(verb: Element, translator: Translator): RcmlElement[] {
  const { transferCompleteUrl, transferCallerId } = verb.attributes;
  const legs = elementsOf(verb);
  const dialled = legs.flatMap((leg) => toLeg(leg, translator));
  const transferTo = legs.length === 1 && legs[0] !== undefined ? textOf(legs[0]).trim() : undefined;
  const url = translator.callback(verb, 'transferCompleteUrl', { transferTo, transferCallerId });
  const attributes = {
    timeout: toSeconds(verb, 'callTimeout', 30, translator),
    timeLimit: longestCall,
    callerId: toCallerId(verb, 'transferCallerId', translator) ?? translator.options.remoteParty,
    ...toRecording(translator),
  };
  const isLost = 'if somebody was connected: Restcomm hangs up both.';
  if (transferCompleteUrl !== undefined) {
    translator.lose(verb, 'transferCompleteUrl', `is told, but its answer does not run ${isLost}`);
  }
  // The recording ends with the Dial.
  const skipped = translator.records && translator.rest[0]?.name === 'StopRecording' ? 1 : 0;
  const next = translator.rest[skipped];
  const hasRest = url === undefined && next !== undefined && next.name !== 'Hangup';
  if (hasRest) translator.lose(verb, undefined, `is followed by verbs that do not run ${isLost}`);
  const action = url ?? (hasRest ? translator.continuation(translator.index + 1 + skipped) : undefined);
  if (action === undefined) return [rcml('Dial', attributes, dialled)];
  const dial = rcml('Dial', { action, method: 'POST', ...attributes }, dialled);
  return [dial, rcml('Redirect', { method: 'POST' }, action)];
}

/** PhoneNumber → Number, SipUri → Sip; transferAnswerUrl → url, transferDisconnectUrl → statusCallback. */
function toLeg(leg: Element, translator: Translator): RcmlElement[] {
  const { name } = leg;
  if (name !== 'PhoneNumber' && name !== 'SipUri') {
    translator.refuse(leg, undefined, 'cannot be dialled at Restcomm.');
    return [];
  }
  takeAttributes(leg, translator);
  const url = translator.callback(leg, 'transferAnswerUrl');
  if (url !== undefined) {
    translator.lose(leg, 'transferAnswerUrl', 'runs 60 s at most; a Hangup in it ends both legs.');
  }
  const statusCallback = translator.callback(leg, 'transferDisconnectUrl');
  if (statusCallback !== undefined) {
    translator.lose(leg, 'transferDisconnectUrl', 'is told without the cause.');
  }
  const attributes = {
    ...(url !== undefined && { url, method: 'POST' }),
    ...(statusCallback !== undefined && {
      statusCallback,
      statusCallbackMethod: 'POST',
      statusCallbackEvent: 'completed',
    }),
  };
  return [rcml(name === 'PhoneNumber' ? 'Number' : 'Sip', attributes, textOf(leg).trim())];
}

/** Forward → Dial as the last verb. */
export function toForward(verb: Element, translator: Translator): RcmlElement[] {
  const { to = '', from } = verb.attributes;
  translator.lose(verb, undefined, 'answers the call first, so that both legs are billed.');
  if (from === undefined)
    translator.lose(verb, 'from', 'is what the server sets, not the number that was called.');
  const attributes = {
    timeout: toSeconds(verb, 'callTimeout', 30, translator),
    timeLimit: longestCall,
    callerId: toCallerId(verb, 'from', translator),
  };
  return [rcml('Dial', attributes, [rcml(/^sips?:/i.test(to) ? 'Sip' : 'Number', {}, to)])];
}

/** Conference → Dial with Conference. Members hear each other at once, and silence while alone. */
export function toConference(verb: Element, translator: Translator): RcmlElement[] {
  const { mute, conferenceEventUrl, callbackTimeout } = verb.attributes;
  const { silenceUrl } = translator.options;
  translator.lose(verb, undefined, 'plays a sound when a member leaves.');
  if (silenceUrl === undefined) translator.lose(verb, undefined, 'plays music while there is one member.');
  if (mute === 'true') translator.lose(verb, 'mute', 'ends when the first member who is not muted arrives.');
  if (conferenceEventUrl !== undefined) {
    translator.lose(verb, 'conferenceEventUrl', 'is told nothing: Restcomm has no events of conferences.');
  }
  if (callbackTimeout !== undefined) translator.lose(verb, 'callbackTimeout', 'has no effect.');
  if (translator.rest.length > 0) {
    translator.lose(verb, undefined, 'is followed by verbs that run only if the member leaves it alive.');
  }
  const room = {
    muted: mute === 'true',
    beep: false,
    startConferenceOnEnter: true,
    endConferenceOnExit: false,
    waitUrl: silenceUrl,
    maxParticipants: mostMembers,
  };
  const attributes = { timeLimit: longestConference, ...toRecording(translator) };
  return [rcml('Dial', attributes, [rcml('Conference', room, textOf(verb).trim())])];
}

/** A StartRecording right before → record. */
function toRecording(translator: Translator): RcmlElement['attributes'] {
  return translator.records ? { record: true } : {};
}

function toCallerId(verb: Element, name: string, translator: Translator): string | undefined {
  const callerId = verb.attributes[name];
  if (callerId === undefined || callerId.startsWith('+')) return callerId;
  translator.refuse(verb, name, 'cannot be withheld at Restcomm.');
  return undefined;
}
