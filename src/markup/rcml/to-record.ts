import type { Element } from '../xml/element.ts';
import { toFinishKey } from './finish-key.ts';
import { type RcmlElement, rcml } from './rcml-element.ts';
import { toReference } from './to-reference.ts';
import { toSeconds, toWholeSeconds } from './to-whole-seconds.ts';
import type { Translator } from './translator.ts';

/** Record → Record, all of it written: the defaults differ. Wav, without a beep. */
export function toRecord(verb: Element, translator: Translator): RcmlElement[] {
  const { attributes } = verb;
  const action = toAction(verb, translator);
  const maxLength = toSeconds(verb, 'maxDuration', 60, translator);
  const silence = Number(attributes.silenceTimeout ?? 0);
  if (silence > 0) {
    translator.lose(verb, 'silenceTimeout', 'also ends the silence before the first word; whole seconds.');
  }
  return [
    rcml('Record', {
      ...(action !== undefined && { action, method: 'POST' }),
      // The silence cannot be switched off: so long it has no effect.
      timeout: silence > 0 ? toWholeSeconds(silence) : maxLength,
      finishOnKey: toFinishKey(verb, attributes.terminatingDigits ?? '#', translator),
      maxLength,
      playBeep: false,
      ...toTranscription(verb, translator),
    }),
  ];
}

/** recordCompleteUrl → the action. It also tells that the recording is available, of which Restcomm says nothing. */
function toAction(verb: Element, translator: Translator): string | undefined {
  const available = toReference(verb, 'recordingAvailableUrl', translator);
  const action = translator.callback(verb, 'recordCompleteUrl', available && { available });
  if (verb.attributes.recordingAvailableUrl === undefined) return action;
  const name = 'recordingAvailableUrl';
  if (action === undefined) translator.refuse(verb, name, 'cannot be told without `recordCompleteUrl`.');
  else translator.lose(verb, name, 'is told at once, although the recording may not be ready.');
  return action;
}

/** transcribe → transcribe, for which Restcomm wants an address. */
function toTranscription(verb: Element, translator: Translator): RcmlElement['attributes'] {
  const { transcribe, transcriptionAvailableUrl, detectLanguage } = verb.attributes;
  if (transcribe !== 'true') return {};
  if (detectLanguage === 'true') translator.refuse(verb, 'detectLanguage', 'is impossible: English only.');
  if (transcriptionAvailableUrl === undefined) {
    translator.refuse(verb, 'transcribe', 'is impossible without `transcriptionAvailableUrl`.');
    return {};
  }
  translator.lose(verb, 'transcribe', 'needs a server that recognizes speech.');
  translator.lose(verb, 'transcriptionAvailableUrl', 'is told without the text.');
  const transcribeCallback = translator.callback(verb, 'transcriptionAvailableUrl');
  return { transcribe: true, transcribeCallback };
}
