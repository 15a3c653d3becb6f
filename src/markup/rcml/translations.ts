import type { Element } from '../xml/element.ts';
import type { RcmlElement } from './rcml-element.ts';
import { endRecording, keepTag, toHangup, toRecordedDial, toRedirect } from './to-control.ts';
import { toConference, toDial, toForward } from './to-dial.ts';
import { toGather } from './to-gather.ts';
import { toPause, toPlay, toRing } from './to-play.ts';
import { toRecord } from './to-record.ts';
import { toSay } from './to-say.ts';
import type { Translator } from './translator.ts';

type Translate = (verb: Element, translator: Translator) => RcmlElement[];

/** What each verb becomes. Any other one is refused: Restcomm would skip it, and run the verbs within it. */
export const translations: ReadonlyMap<string, Translate> = new Map([
  ['SpeakSentence', toSay],
  ['PlayAudio', toPlay],
  ['Pause', toPause],
  ['Ring', toRing],
  ['Gather', toGather],
  ['Record', toRecord],
  ['StartRecording', toRecordedDial],
  ['StopRecording', endRecording],
  ['Transfer', toDial],
  ['Forward', toForward],
  ['Conference', toConference],
  ['Redirect', toRedirect],
  ['Hangup', toHangup],
  ['Tag', keepTag],
]);
