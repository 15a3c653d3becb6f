import { type Element, textOf } from '../xml/element.ts';
import { type RcmlElement, rcml } from './rcml-element.ts';
import type { Translator } from './translator.ts';

/** Redirect → Redirect by way of this server, which keeps credentials, fallback and tag. */
export function toRedirect(verb: Element, translator: Translator): RcmlElement[] {
  const url = translator.callback(verb, 'redirectUrl');
  return url === undefined ? [] : [rcml('Redirect', { method: 'POST' }, url)];
}

/** Hangup → Hangup; Reject for a call that rings, which Restcomm would answer to hang it up. */
export function toHangup(_: Element, translator: Translator): RcmlElement[] {
  return [rcml(translator.isRinging ? 'Reject' : 'Hangup')];
}

/** Tag → nothing: this server sends it with the callbacks that follow. */
export function keepTag(verb: Element, translator: Translator): RcmlElement[] {
  translator.setTag(textOf(verb), verb);
  return [];
}

/**
 * StartRecording → `record` of the Dial that follows it at once. Restcomm cannot record anything else in the background,
 * nor keep it apart.
 */
export function toRecordedDial(verb: Element, translator: Translator): RcmlElement[] {
  const [next, after] = translator.rest;
  const isDial = next?.name === 'Transfer' || next?.name === 'Conference';
  if (!isDial || (after !== undefined && after.name !== 'StopRecording')) {
    translator.refuse(verb, undefined, 'is possible at Restcomm for exactly one Transfer or Conference.');
    return [];
  }
  translator.lose(verb, undefined, 'records the two connected parts in one wav file, and tells nobody.');
  for (const name of Object.keys(verb.attributes)) translator.lose(verb, name, 'is lost.');
  translator.records = true;
  return [];
}

/** StopRecording behind the Dial that was recorded → nothing: the recording has ended with it. */
export function endRecording(verb: Element, translator: Translator): RcmlElement[] {
  if (translator.records) translator.lose(verb, undefined, 'comes when the recording has ended by itself.');
  else translator.refuse(verb, undefined, 'has no equivalent at Restcomm.');
  translator.records = false;
  return [];
}
