import { attributesOfCallback, credentials, ofCallbacks, tag } from './callback-attributes.ts';
import { connectingVerbs } from './connecting-verbs.ts';
import { recordingVerbs } from './recording-verbs.ts';
import {
  type ElementRule,
  filled,
  flag,
  inferred,
  keys,
  oneOf,
  pattern,
  required,
  ruleOf,
  seconds,
  text,
  url,
  whole,
} from './rules.ts';
import { streamVerbs } from './stream-verbs.ts';
import { locales, voices } from './voices.ts';

/** Speech, audio, collecting digits and control. */
const callVerbs: Readonly<Record<string, ElementRule>> = {
  SpeakSentence: {
    text: 'speech',
    attributes: {
      voice: oneOf(...voices.keys()),
      gender: oneOf('male', 'female'),
      locale: oneOf(...locales),
    },
    ignored: { gender: 'voice', locale: 'voice' },
  },
  PlayAudio: { text: required(url), attributes: credentials },
  Ring: { attributes: { duration: seconds(0.1, 86_400), answerCall: flag } },
  SendDtmf: {
    text: required(
      pattern(
        'at most 50 digits of 0-9, *, # and A-D, with waits of `,`, `w` and `W`',
        /^\s*(?:[,wW]*[0-9*#A-Da-d]){1,50}[,wW]*\s*$/,
      ),
    ),
    attributes: { toneDuration: whole(50, 5000), toneInterval: whole(50, 5000) },
  },
  Pause: { attributes: { duration: seconds(0.1, 86_400) } },
  Gather: {
    attributes: {
      ...attributesOfCallback('gather', 'with fallback'),
      ...ofCallbacks,
      terminatingDigits: keys,
      maxDigits: whole(1, 50),
      interDigitTimeout: seconds(1, 60),
      firstDigitTimeout: seconds(0, 60),
      repeatCount: whole(1, 20),
      // Of speech, since 2026; which values are allowed is not published.
      input: oneOf('dtmf', 'speech', 'dtmf_speech'),
      hints: text(),
      language: text(),
      speechModel: text(),
      partialResultCallback: url,
      partialResultCallbackMethod: oneOf('GET', 'POST'),
      profanityFilter: flag,
      speechTimeout: inferred(seconds(0, Number.POSITIVE_INFINITY)),
    },
    children: { names: ['SpeakSentence', 'PlayAudio'], most: 20, times: 'repeatCount' },
    ends: 'gatherUrl',
  },
  StartGather: {
    attributes: {
      ...attributesOfCallback('dtmf'),
      dtmfUrl: required(url),
      ...credentials,
      tag,
    },
  },
  StopGather: { attributes: {} },
  Redirect: {
    attributes: {
      ...attributesOfCallback('redirect', 'with fallback'),
      redirectUrl: required(url),
      ...ofCallbacks,
    },
    ends: 'always',
  },
  Hangup: { attributes: {}, ends: 'always' },
  Tag: { text: inferred(text(256)), attributes: {} },
};

/** The verbs of BXML (Bandwidth, "BXML verbs"), and the elements within them. */
export const verbs: Readonly<Record<string, ElementRule>> = {
  ...callVerbs,
  ...connectingVerbs,
  ...recordingVerbs,
  ...streamVerbs,
  Endpoint: { text: required(filled), attributes: {}, isNested: true },
};

/** The index of the first verb after which no other runs; -1 if there is none. */
export function indexOfEnd(
  all: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[],
): number {
  return all.findIndex(({ name, attributes }) => {
    const ends = ruleOf(verbs, name)?.ends;
    return ends === 'always' || (ends !== undefined && attributes[ends] !== undefined);
  });
}
