import { audio, type Prompt, speech } from '../../voice/media.ts';
import { type Markup, textOf } from '../../voice/read-markup.ts';
import type { Session } from './session.ts';

/** A SpeakSentence or a PlayAudio. Of SSML the text is spoken, and the alias of `sub`. Source: Bandwidth docs, speakSentence and playAudio. */
export function promptOf({ base }: Session, verb: Markup): Prompt {
  const text = textOf(withAliases(verb));
  if (verb.name === 'PlayAudio') return audio(URL.canParse(text, base) ? new URL(text, base).href : text);
  const { voice, gender = 'female', locale = 'en_US' } = verb.attributes;
  return speech(text, (voice !== undefined && VOICES[voice.toLowerCase()]) || { gender, language: locale });
}

/** A copy in which each `sub` holds its alias. */
function withAliases(element: Markup): Markup {
  const { alias } = element.attributes;
  if (element.name === 'sub' && alias !== undefined) return { ...element, children: [alias] };
  const children = element.children.map((child) => (typeof child === 'string' ? child : withAliases(child)));
  return { ...element, children };
}

const female = (language: string) => ({ gender: 'female', language });
const male = (language: string) => ({ gender: 'male', language });

/** The documented voices. Source: Bandwidth docs, speakSentence. */
const VOICES: Readonly<Record<string, { readonly gender: string; readonly language: string }>> = {
  julie: female('en_US'),
  kate: female('en_US'),
  susan: female('en_US'),
  ruth: female('en_US'),
  dave: male('en_US'),
  paul: male('en_US'),
  stephen: male('en_US'),
  bridget: female('en_UK'),
  simon: male('en_UK'),
  katrin: female('de'),
  stefan: male('de'),
  esperanza: female('es'),
  violeta: female('es'),
  jorge: male('es'),
  rosa: female('es_MX'),
  lupe: female('es_US'),
  pedro: male('es_US'),
  jolie: female('fr'),
  bernard: male('fr'),
  gabrielle: female('fr_CA'),
  liam: male('fr_CA'),
  paola: female('it'),
  luca: male('it'),
  masako: female('ja'),
  kenji: male('ja'),
  nadiya: female('ru'),
  anatoli: male('ru'),
  zeina: female('arb'),
  zhiyu: female('cmn-CN'),
};
