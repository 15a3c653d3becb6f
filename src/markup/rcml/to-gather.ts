import { type Element, elementsOf, textOf } from '../xml/element.ts';
import { toFinishKey } from './finish-key.ts';
import { type RcmlElement, rcml } from './rcml-element.ts';
import { takeAttributes } from './take-attributes.ts';
import { toPlay } from './to-play.ts';
import { toSay } from './to-say.ts';
import { toWholeSeconds } from './to-whole-seconds.ts';
import type { Translator } from './translator.ts';

/** Characters of prompts, repetitions included. */
const longestPrompts = 256 * 1024;
const spokenLanguages = ['en-US', 'en-GB', 'es-ES', 'it-IT', 'fr-FR', 'pl-PL', 'pt-PT'];

/**
 * Gather → a Gather for each repetition. Restcomm asks its action only if something was entered, so with a gatherUrl a
 * Redirect to the same address follows. Without one, what was entered must not repeat the prompts: then the action is the
 * rest of the document.
 */
export function toGather(verb: Element, translator: Translator): RcmlElement[] {
  const { attributes } = verb;
  const count = Number(attributes.repeatCount ?? 1);
  const url = translator.callback(verb, 'gatherUrl');
  const prompts = toPrompts(verb, count, translator);
  const finishOnKey = toFinishKey(verb, attributes.terminatingDigits ?? '', translator);
  const limits = {
    timeout: toTimeout(verb, translator),
    finishOnKey,
    // By default a `#` that comes first is dropped.
    ...(finishOnKey !== '#' && { startInputKey: '*#0123456789' }),
    numDigits: Number(attributes.maxDigits ?? 50),
    input: toInput(verb, translator),
    ...toSpeechAttributes(verb, translator),
  };
  if (count > 1) {
    translator.lose(verb, 'repeatCount', 'counts on after a key that ends it with nothing entered, too.');
  }
  const action = url ?? (count > 1 ? translator.continuation() : undefined);
  const answered = action === undefined ? {} : { action, method: 'POST' };
  const gather = rcml('Gather', { ...answered, ...limits }, prompts);
  const redirect = action === undefined ? [] : [rcml('Redirect', { method: 'POST' }, action)];
  return [...Array<RcmlElement>(count).fill(gather), ...redirect];
}

/** SpeakSentence and PlayAudio → Say and Play. With a Pause at the end Restcomm would never gather. */
function toPrompts(verb: Element, count: number, translator: Translator): RcmlElement[] {
  const children = elementsOf(verb);
  const size = children.reduce((sum, child) => sum + textOf(child).length, 0) * count;
  if (size > longestPrompts) {
    translator.refuse(verb, undefined, `repeats more than ${longestPrompts} characters of prompts.`);
    return [];
  }
  const prompts = children.flatMap((child) => {
    takeAttributes(child, translator);
    if (child.name === 'SpeakSentence') return toSay(child, translator);
    if (child.name === 'PlayAudio') return toPlay(child, translator);
    translator.refuse(child, undefined, 'cannot stand in a Gather: Restcomm would never gather.');
    return [];
  });
  return prompts.slice(0, prompts.findLastIndex(({ name }) => name !== 'Pause') + 1);
}

/** Restcomm has one time for the first digit and for those that follow: the longer one. */
function toTimeout(verb: Element, translator: Translator): number {
  const { firstDigitTimeout, interDigitTimeout, speechTimeout } = verb.attributes;
  const isSpeech = (verb.attributes.input ?? 'dtmf') !== 'dtmf';
  const times = {
    firstDigitTimeout: Number(firstDigitTimeout ?? 5),
    interDigitTimeout: Number(interDigitTimeout ?? 5),
    ...(isSpeech && { speechTimeout: Number(speechTimeout ?? 5) }),
  };
  const timeout = toWholeSeconds(Math.max(...Object.values(times)));
  for (const [name, time] of Object.entries(times)) {
    if (time === timeout) continue;
    translator.lose(verb, name, `becomes ${timeout} s: one time of whole seconds for all.`);
  }
  return timeout;
}

function toInput(verb: Element, translator: Translator): string {
  const { input = 'dtmf' } = verb.attributes;
  if (input !== 'dtmf') translator.lose(verb, 'input', 'needs a server that recognizes speech.');
  return input.replace('_', ' ');
}

/** hints, language and partialResultCallback, of speech. */
function toSpeechAttributes(verb: Element, translator: Translator): RcmlElement['attributes'] {
  const { hints, language, partialResultCallback, input = 'dtmf' } = verb.attributes;
  if (input === 'dtmf') {
    for (const name of ['hints', 'language', 'partialResultCallback', 'speechTimeout']) {
      if (verb.attributes[name] !== undefined) {
        translator.lose(verb, name, 'has no effect: no speech is gathered.');
      }
    }
    return {};
  }
  const list = hints?.split(',') ?? [];
  if (list.length > 50 || list.some((hint) => hint.length > 100)) {
    translator.refuse(verb, 'hints', 'must be at most 50 of at most 100 characters at Restcomm.');
  } else if (hints !== undefined) translator.lose(verb, 'hints', 'are used as the server does.');
  const isSpoken = language !== undefined && spokenLanguages.includes(language);
  if (language !== undefined) {
    translator.lose(verb, 'language', isSpoken ? 'is heard as the server does.' : 'becomes en-US.');
  }
  if (partialResultCallback !== undefined) {
    translator.lose(verb, 'partialResultCallback', 'is told of unstable results only.');
  }
  return {
    language: isSpoken ? language : 'en-US',
    hints,
    partialResultCallback: translator.callback(verb, 'partialResultCallback'),
    partialResultCallbackMethod: partialResultCallback === undefined ? undefined : 'POST',
  };
}
