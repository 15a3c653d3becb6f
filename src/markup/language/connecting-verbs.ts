import { attributesOfCallback, ofCallbacks, tag } from './callback-attributes.ts';
import {
  type ElementRule,
  filled,
  flag,
  oneOf,
  pattern,
  phoneNumber,
  required,
  seconds,
  sipUri,
  text,
  url,
} from './rules.ts';

const privacyWords = 'Restricted|Anonymous|Private|Unavailable';
const callerId = pattern('a number like +19195551234', RegExp(`^(?:\\+\\d{1,15}|${privacyWords})$`));
const diversion = {
  diversionTreatment: oneOf('none', 'propagate', 'stack'),
  diversionReason: oneOf(
    ...['unknown', 'user-busy', 'no-answer', 'unavailable', 'unconditional', 'time-of-day'],
    ...['do-not-disturb', 'deflection', 'follow-me', 'out-of-service', 'away'],
  ),
};
const needs = { diversionReason: ['diversionTreatment', 'stack'] } as const;
const callTimeout = seconds(1, 300);
const uui = text(256);
const ofLeg = {
  ...attributesOfCallback('transferAnswer', 'with fallback'),
  ...attributesOfCallback('transferDisconnect'),
  ...ofCallbacks,
  uui,
};

/** Verbs that connect a call to another one, to a conference or to an endpoint. */
export const connectingVerbs: Readonly<Record<string, ElementRule>> = {
  Transfer: {
    attributes: {
      transferCallerId: callerId,
      privacy: flag,
      transferCallerDisplayName: pattern(
        'a text of at most 256 characters without control characters',
        /^\P{Cc}{0,256}$/u,
      ),
      callTimeout,
      ...attributesOfCallback('transferComplete', 'with fallback'),
      ...ofCallbacks,
      ...diversion,
    },
    children: { names: ['PhoneNumber', 'SipUri'], least: 1, most: 8 },
    needs,
    ends: 'transferCompleteUrl',
  },
  PhoneNumber: { text: required(phoneNumber), attributes: ofLeg, isNested: true },
  SipUri: { text: required(sipUri), attributes: ofLeg, isNested: true },
  Forward: {
    attributes: {
      to: required(
        pattern(
          'a number like +19195551234 or an address that begins with sip:',
          /^\+\d{1,15}$|^sips?:\S+$/i,
        ),
      ),
      from: callerId,
      callTimeout,
      ...diversion,
      uui,
    },
    needs,
    ends: 'always',
  },
  Bridge: {
    text: required(filled),
    attributes: {
      ...attributesOfCallback('bridgeComplete', 'with fallback'),
      ...attributesOfCallback('bridgeTargetComplete', 'with fallback'),
      ...ofCallbacks,
    },
  },
  Conference: {
    text: required(
      pattern('a name of at most 100 letters, digits, `-`, `_` and `.`', /^\s*[A-Za-z0-9._-]{1,100}\s*$/),
    ),
    attributes: {
      mute: flag,
      hold: flag,
      callIdsToCoach: text(),
      ...attributesOfCallback('conferenceEvent', 'with fallback'),
      ...ofCallbacks,
      callbackTimeout: seconds(1, 25),
    },
  },
  Connect: {
    attributes: { eventCallbackUrl: url, eventFallbackUrl: url },
    children: { names: ['Endpoint'] },
  },
  Refer: {
    attributes: { ...attributesOfCallback('referComplete'), tag },
    children: { names: ['SipUri'], least: 1, most: 1 },
  },
};
