import { type Element, textOf } from '../xml/element.ts';
import { type RcmlElement, rcml } from './rcml-element.ts';
import { resolve } from './to-reference.ts';
import { toSeconds } from './to-whole-seconds.ts';
import type { Translator } from './translator.ts';

/**
 * PlayAudio → Play. Restcomm fetches the file once, without credentials, and plays it by the extension of its path: what
 * it cannot fetch itself passes through this server. An mp3 would end the call.
 */
export function toPlay(verb: Element, translator: Translator): RcmlElement[] {
  const resolved = resolve(verb, undefined, textOf(verb), translator);
  if (resolved === undefined) return [];
  const { username, password } = verb.attributes;
  const url = new URL(resolved);
  if (/\.mp3$/i.test(url.pathname)) {
    translator.refuse(verb, undefined, 'cannot play mp3 at Restcomm, only wav.');
    return [];
  }
  translator.hint(verb, 'Restcomm keeps the file of PlayAudio for ever: give a changed one a new address.');
  const needsUser = username !== undefined || password !== undefined || url.username !== '';
  // Restcomm takes any `hash` in an address for the mark of a fragment.
  const isPlain = url.pathname.endsWith('.wav') && !/hash/.test(url.href);
  if (isPlain && !needsUser) return [play(url.href)];
  const attribute = ['username', 'password'].find((name) => verb.attributes[name] !== undefined);
  const why = needsUser
    ? 'the address needs credentials, which Restcomm does not send'
    : 'the address does not end in .wav';
  const ours = translator.media({ url: url.href, username, password });
  if (ours === undefined)
    translator.refuse(verb, attribute, `cannot be played: ${why}, and this server fetches no audio.`);
  else translator.lose(verb, attribute, `is fetched by this server: ${why}.`);
  return ours === undefined ? [] : [play(ours)];
}

export function play(url: string): RcmlElement {
  return rcml('Play', { loop: 1 }, url);
}

/** Pause → Pause of whole seconds. */
export function toPause(verb: Element, translator: Translator): RcmlElement[] {
  if (translator.isRinging) translator.lose(verb, undefined, 'is waited for before the call is answered.');
  return [rcml('Pause', { length: toSeconds(verb, 'duration', 1, translator) })];
}

/** Ring → Pause: there is no ring tone. */
export function toRing(verb: Element, translator: Translator): RcmlElement[] {
  const staysRinging = translator.isRinging && verb.attributes.answerCall === 'false';
  if (!staysRinging) {
    translator.lose(verb, undefined, 'is silent: there is no ring tone.');
    if (verb.attributes.answerCall === 'false') translator.lose(verb, 'answerCall', 'comes too late.');
  }
  return [rcml('Pause', { length: toSeconds(verb, 'duration', 5, translator) })];
}
