import { toSeconds } from '../language/ssml.ts';
import { voices } from '../language/voices.ts';
import { type Element, isElement, textOf } from '../xml/element.ts';
import { type RcmlElement, rcml } from './rcml-element.ts';
import { toSpeechLanguage } from './speech-languages.ts';
import { toWholeSeconds } from './to-whole-seconds.ts';
import type { Translator } from './translator.ts';

/** Text, or a pause of whole seconds. */
type Part = string | number;

/**
 * SpeakSentence → Say, and Pause for a `break` of SSML. Voice and language are always written, since the defaults differ.
 * SSML is flattened: of mixed content Restcomm speaks the last text alone.
 */
export function toSay(verb: Element, translator: Translator): RcmlElement[] {
  const voice = toVoice(verb, translator);
  const parts = joinTexts(flatten(verb, translator));
  if (parts.length === 0) translator.lose(verb, undefined, 'has nothing to say.');
  return parts.map((part) =>
    typeof part === 'number' ? rcml('Pause', { length: part }) : rcml('Say', voice, part),
  );
}

/** voice, gender and locale → voice and language. */
function toVoice(verb: Element, translator: Translator): { voice: string; language: string } {
  const { voice: name, gender: givenGender, locale: givenLocale } = verb.attributes;
  const { speech = 'VOICERSS' } = translator.options;
  const named = voices.get(name ?? '');
  const gender = named?.gender ?? givenGender ?? 'female';
  const { language, loss } = toSpeechLanguage(named?.locale ?? givenLocale ?? 'en_US', speech);
  if (name !== undefined) translator.lose(verb, 'voice', 'is not spoken by that voice.');
  else if (givenGender !== undefined && speech === 'VOICERSS') {
    translator.lose(verb, 'gender', 'is ignored by the speech engine, which has one voice a language.');
  }
  if (loss !== undefined) {
    translator.lose(verb, named === undefined ? 'locale' : 'voice', `is not spoken the same: ${loss}.`);
  }
  return { voice: gender === 'male' ? 'man' : 'woman', language };
}

function flatten(element: Element, translator: Translator): Part[] {
  return element.nodes.flatMap((node) => (isElement(node) ? flattenTag(node, translator) : [node.text]));
}

function flattenTag(tag: Element, translator: Translator): Part[] {
  const { name, attributes } = tag;
  if (name === 'sub' && attributes.alias !== undefined) return [attributes.alias];
  const lose = (message: string) => translator.loseTag(tag, message);
  if (name === 'break') return flattenBreak(attributes.time, lose);
  const inner = flatten(tag, translator);
  if (name === 'p' || name === 's') {
    lose('becomes a full stop.');
    return /[\p{P}\s]$/u.test(textOf(tag)) ? [' ', ...inner, ' '] : [' ', ...inner, '. '];
  }
  const isSpelt = /^(?:characters|telephone)$/.test(attributes['interpret-as'] ?? '');
  if (name === 'say-as' && isSpelt) {
    lose('is spelt with blanks: the engine decides how it reads them.');
    return inner.map((part) => (typeof part === 'string' ? [...part].join(' ') : part));
  }
  lose('is left out; its text is read as the engine does by itself.');
  return inner;
}

/** A `break` of half a second and more → Pause; a shorter one, or one by its strength, is left out. */
function flattenBreak(time: string | undefined, lose: (message: string) => void): Part[] {
  const seconds = time === undefined ? 0 : toSeconds(time);
  lose(seconds >= 0.5 ? 'becomes a pause of whole seconds, unless it ends a prompt.' : 'is left out.');
  return [seconds >= 0.5 ? toWholeSeconds(seconds) : ' '];
}

function joinTexts(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  let text = '';
  const flush = () => {
    const said = text.replace(/\s+/g, ' ').trim();
    if (said !== '') joined.push(said);
    text = '';
  };
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      flush();
      joined.push(part);
    }
  }
  flush();
  return joined;
}
