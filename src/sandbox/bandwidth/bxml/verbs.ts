import { play, silence } from '../../voice/media.ts';
import { type Markup, textOf } from '../../voice/read-markup.ts';
import type { Running } from '../../voice/run.ts';
import { toTag } from '../call-hooks.ts';
import { hooksOf } from '../hooks-of.ts';
import { bridge } from './bridge.ts';
import { conference } from './conference.ts';
import { gather } from './gather.ts';
import { promptOf } from './prompts.ts';
import { recordVerb, startRecording, stopRecording } from './recording.ts';
import { millisecondsOf, type Outcome, type Session, targetOf } from './session.ts';
import { forward, transfer } from './transfer.ts';

/** Verbs that take time. Source: Bandwidth docs, BXML. */
const lasting: Readonly<Record<string, (session: Session, verb: Markup) => Running<Outcome>>> = {
  SpeakSentence: prompt,
  PlayAudio: prompt,
  *Pause(session, verb) {
    yield* play(session, silence(millisecondsOf(verb, 'duration', 1)));
    return undefined;
  },
  *Ring(session, verb) {
    const lasts = millisecondsOf(verb, 'duration', 5);
    yield* play(session, { note: `rang for ${lasts / 1000} s`, lasts });
    return undefined;
  },
  *SendDtmf(session, verb) {
    const { toneDuration = '200', toneInterval = '400' } = verb.attributes;
    const tones = textOf(verb);
    const lasts = tones.length * (Number(toneDuration) + Number(toneInterval));
    yield* play(session, { note: `sent tones ${tones}`, lasts });
    return undefined;
  },
  Gather: gather,
  Record: recordVerb,
  Transfer: transfer,
  Forward: forward,
  Bridge: bridge,
  Conference: conference,
};

/** Verbs that take none. */
const instant: Readonly<Record<string, (session: Session, verb: Markup) => Outcome>> = {
  StartRecording: startRecording,
  StopRecording: stopRecording,
  PauseRecording: (session) => noted(session, 'paused recording'),
  ResumeRecording: (session) => noted(session, 'resumed recording'),
  Redirect(session, verb) {
    const target = targetOf(session, verb, 'redirect');
    session.note('redirected');
    return target === undefined ? 'alone' : { target, event: { eventType: 'redirect' } };
  },
  Hangup: () => ({ ending: { cause: 'hangup' } }),
  Tag({ context, call }, verb) {
    hooksOf(context, call).tag = toTag(textOf(verb));
    return undefined;
  },
  StartGather: notEmulated,
  StopGather: notEmulated,
  StartStream: notEmulated,
  StopStream: notEmulated,
  StartTranscription: notEmulated,
  StopTranscription: notEmulated,
  Connect: notEmulatedAndAlone,
  Refer: notEmulatedAndAlone,
};

export const LASTING = new Map(Object.entries(lasting));
export const INSTANT = new Map(Object.entries(instant));

function* prompt(session: Session, verb: Markup): Running<Outcome> {
  yield* play(session, promptOf(session, verb));
  return undefined;
}

function noted(session: Session, text: string): Outcome {
  session.note(text);
  return undefined;
}

/** Only the transcript tells of it. */
function notEmulated(session: Session, { name }: Markup): Outcome {
  return noted(session, `not emulated: <${name}>`);
}

/** The same for a verb that takes the call elsewhere. */
function notEmulatedAndAlone(session: Session, verb: Markup): Outcome {
  notEmulated(session, verb);
  return 'alone';
}
