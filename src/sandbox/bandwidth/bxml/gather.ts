import { collect } from '../../voice/listen.ts';
import { elementsOf, type Markup } from '../../voice/read-markup.ts';
import type { Running } from '../../voice/run.ts';
import { promptOf } from './prompts.ts';
import { invalidBxml, millisecondsOf, numberOf, type Outcome, type Session, targetOf } from './session.ts';

/** Nested verbs, times repeatCount. */
const PROMPTS_LIMIT = 20;

/**
 * Plays the nested prompts and collects keys, repeatedly while none comes. With a gatherUrl the rest of the document is
 * not executed, else the digits are dropped. Source: Bandwidth docs, gather.
 */
export function* gather(session: Session, verb: Markup): Running<Outcome> {
  const { attributes } = verb;
  const children = elementsOf(verb);
  if (children.some(({ name }) => name !== 'SpeakSentence' && name !== 'PlayAudio')) {
    return invalidBxml(session.context, 'Gather holds another verb');
  }
  const repeats = numberOf(attributes.repeatCount, 1);
  if (repeats * Math.max(1, children.length) > PROMPTS_LIMIT) {
    return invalidBxml(session.context, `Gather repeats more than ${PROMPTS_LIMIT} verbs`);
  }
  const { input = 'dtmf' } = attributes;
  const how = {
    prompts: children.map((child) => promptOf(session, child)),
    first: millisecondsOf(verb, 'firstDigitTimeout', 5),
    next: millisecondsOf(verb, 'interDigitTimeout', 5),
    most: numberOf(attributes.maxDigits, 50),
    ends: attributes.terminatingDigits ?? '',
    hears: { keys: input.includes('dtmf'), speech: input.includes('speech') },
  };
  let members = { digits: '', terminatingDigit: '' };
  for (let left = repeats; left > 0; left--) {
    const { digits, key, speech } = yield* collect(session, how);
    session.note(`gathered ${speech === undefined ? digits || 'nothing' : `"${speech}"`}`);
    members = { digits, terminatingDigit: key, ...(speech === undefined ? {} : { text: speech }) };
    if (digits !== '' || key !== '' || speech !== undefined) break;
  }
  const target = targetOf(session, verb, 'gather');
  return target && { target, event: { eventType: 'gather', ...members } };
}
