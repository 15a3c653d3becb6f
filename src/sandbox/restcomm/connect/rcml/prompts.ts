import { PLAY_MS, SPEECH_MS_PER_CHARACTER } from '../../../assumptions.ts';
import { audio, type Prompt, speech } from '../../../voice/media.ts';
import type { Markup } from '../../../voice/read-markup.ts';
import { attributeOf, integerOf, lastTextOf } from './read-rcml.ts';
import { type Session, toAddress } from './session.ts';

/** Languages of VoiceRSS, the engine that is active as shipped; any other is English. Source: restcomm.xml. */
const LANGUAGES = new Set(
  'ca zh-cn zh-hk zh-tw da nl en-au en-ca en-gb en-in en fi fr-ca fr de it ja ko nb pl pt-br pt ru es-mx es sv'.split(
    ' ',
  ),
);

/** Files that the media server plays, by the extension of the URL's path. Source: media-core AudioPlayerImpl. */
const PLAYABLE = /\.(wav|gsm|tone|txt|mov|mp4|3gp)$/i;

/** A Say or a Play; `empty` for a Say without text. Source: Restcomm-Connect BaseVoiceInterpreter. */
export function promptOf({ base }: Session, verb: Markup): Prompt | 'empty' | { readonly fails: string } {
  const text = lastTextOf(verb);
  const times = Math.max(1, integerOf(verb, 'loop', 1));
  if (verb.name === 'Say') {
    if (text === '') return 'empty';
    const language = attributeOf(verb, 'language') ?? 'en';
    const gender = attributeOf(verb, 'voice') === 'woman' ? 'female' : 'male';
    const prompt = speech(text, { gender, language: LANGUAGES.has(language) ? language : 'en' });
    return { ...prompt, lasts: times * text.length * SPEECH_MS_PER_CHARACTER };
  }
  const { url } = toAddress(base, text);
  const { pathname, hash } = URL.canParse(url) ? new URL(url) : { pathname: '', hash: '' };
  if (!PLAYABLE.test(pathname)) return { fails: 'Play has a file that cannot be played' };
  if (url.includes('hash') && hash === '') return { fails: 'Play has a URL with "hash"' };
  return { ...audio(url), lasts: times * PLAY_MS };
}
