import { SaxesParser } from 'saxes';
import { BXML_LIMIT_BYTES, SCRIPT_END_MS, SPEECH_MS_PER_CHARACTER, TALK_MS } from '../assumptions.ts';

/**
 * Parses a BXML document as leniently as PUT does: well-formed, root Bxml or Response, no DTD, not too large. Unknown
 * verbs are accepted. Undefined means 400. Source: Bandwidth spec, updateCallBxml; node-sdk BXML smoke tests.
 */
export function readBxml(text: string): Script | undefined {
  if (Buffer.byteLength(text) > BXML_LIMIT_BYTES) return undefined;
  const parser = new SaxesParser();
  let depth = 0;
  let lasts = 0;
  let over = false;
  let speaking = false;
  let wrong = false;
  let isEmpty = true;
  let hasUnknown = false;
  const spend = (milliseconds: number) => {
    if (!over && Number.isFinite(milliseconds)) lasts += milliseconds;
  };
  parser.on('error', () => {
    wrong = true;
  });
  parser.on('doctype', () => {
    wrong = true;
  });
  parser.on('opentag', (tag) => {
    if (depth === 0 && tag.name !== 'Bxml' && tag.name !== 'Response') wrong = true;
    if (depth === 1) {
      if (!INSTANT.has(tag.name) && !LASTING.has(tag.name)) hasUnknown = true;
      speaking = tag.name === 'SpeakSentence';
      if (tag.name === 'Hangup') over = true;
      else if (tag.name === 'Pause') spend(Number(tag.attributes.duration ?? 1) * 1000);
      else if (tag.name === 'Ring') spend(Number(tag.attributes.duration ?? 5) * 1000);
      else if (!speaking && !INSTANT.has(tag.name)) {
        spend(TALK_MS);
        over = true;
      }
    }
    depth += 1;
  });
  parser.on('text', (spoken) => {
    if (depth > 1 && speaking) spend(spoken.length * SPEECH_MS_PER_CHARACTER);
  });
  parser.on('closetag', () => {
    depth -= 1;
    if (depth === 1 && !over) isEmpty = false;
  });
  parser.write(text).close();
  if (!isEmpty) spend(SCRIPT_END_MS);
  return wrong ? undefined : { lasts: Math.round(lasts), hasUnknown };
}

/** Verbs that take no time. Pauses and speech have a duration; every other verb waits for a person. */
const INSTANT = new Set([
  ...['Tag', 'SendDtmf', 'StartGather', 'StopGather', 'StartRecording', 'StopRecording', 'PauseRecording'],
  ...['ResumeRecording', 'StartStream', 'StopStream', 'StartTranscription', 'StopTranscription'],
]);

/** The other verbs of BXML. */
const LASTING = new Set([
  ...['Bridge', 'Conference', 'Connect', 'Forward', 'Gather', 'Hangup', 'Pause', 'PlayAudio', 'Record'],
  ...['Redirect', 'Refer', 'Ring', 'SpeakSentence', 'Transfer'],
]);

/** A valid document, with the duration of the call that executes it in milliseconds. */
export interface Script {
  readonly lasts: number;
  /** Whether it has a verb that BXML has not. */
  readonly hasUnknown: boolean;
}
