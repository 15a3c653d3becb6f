import { type Recorded, record } from '../../voice/listen.ts';
import type { Markup } from '../../voice/read-markup.ts';
import type { Running } from '../../voice/run.ts';
import { toTime } from '../call.ts';
import { type EventMembers, tell } from '../events.ts';
import { hooksOf } from '../hooks-of.ts';
import { millisecondsOf, type Outcome, type Session, targetOf } from './session.ts';

/**
 * Records what the person says. With a recordCompleteUrl the rest of the document is not executed; nothing is asked of
 * a call that has ended. Source: Bandwidth docs, record.
 */
export function* recordVerb(session: Session, verb: Markup): Running<Outcome> {
  const { terminatingDigits = '#' } = verb.attributes;
  const start = session.at;
  const recorded = yield* record(session, {
    first: Number.POSITIVE_INFINITY,
    silence: millisecondsOf(verb, 'silenceTimeout', 0) || Number.POSITIVE_INFINITY,
    most: millisecondsOf(verb, 'maxDuration', 60),
    ends: terminatingDigits,
  });
  session.note(describe(recorded));
  const members = describeRecording(session, verb, start);
  tellAvailable(session, verb, members);
  const target = targetOf(session, verb, 'recordComplete');
  return target && { target, event: { eventType: 'recordComplete', ...members } };
}

const describe = ({ words }: Recorded) => `recorded ${words === '' ? 'nothing' : `"${words}"`}`;

/** Starts to record the call; nothing if that is under way. Source: Bandwidth docs, startRecording. */
export function startRecording(session: Session, verb: Markup): Outcome {
  const hooks = hooksOf(session.context, session.call);
  if (hooks.recording !== undefined) return undefined;
  session.note('started recording');
  const start = session.at;
  hooks.recording = {
    stop(at) {
      hooks.recording = undefined;
      tellAvailable(session, verb, describeRecording({ ...session, at }, verb, start));
    },
  };
  return undefined;
}

/** Stops the recording of the call, if there is one. Source: Bandwidth docs, stopRecording. */
export function stopRecording(session: Session): Outcome {
  const { recording } = hooksOf(session.context, session.call);
  if (recording === undefined) return undefined;
  session.note('stopped recording');
  recording.stop(session.at);
  return undefined;
}

function tellAvailable(session: Session, verb: Markup, recording: EventMembers): void {
  const available = targetOf(session, verb, 'recordingAvailable');
  const about = { at: session.at, ...recording, answerTime: undefined };
  tell(session.context, session.call, available, {
    eventType: 'recordingAvailable',
    ...about,
    status: 'complete',
  });
  if (verb.attributes.transcribe !== 'true') return;
  const id = `t-${session.context.random.uuid()}`;
  const transcription = {
    id,
    url: `${recording.mediaUrl}`.replace(/media$/, 'transcription'),
    status: 'available',
  };
  const transcribed = targetOf(session, verb, 'transcriptionAvailable');
  const { channels: _, ...known } = about as EventMembers & { readonly at: number };
  tell(session.context, session.call, transcribed, {
    ...(known as typeof about),
    eventType: 'transcriptionAvailable',
    transcription: { ...transcription, completedTime: toTime(session.at) },
  });
}

/** The members of an event about a recording that ends now. `startTime` is then its own. */
function describeRecording({ context, call, at }: Session, verb: Markup, start: number): EventMembers {
  const recordingId = `r-${context.random.hex(8)}-${context.random.uuid()}`;
  const calls = `${context.baseUrl}/accounts/${call.accountId}/calls`;
  return {
    recordingId,
    mediaUrl: `${calls}/${call.callId}/recordings/${recordingId}/media`,
    startTime: toTime(start),
    endTime: toTime(at),
    duration: `PT${(at - start) / 1000}S`,
    fileFormat: verb.attributes.fileFormat ?? 'wav',
    channels: verb.attributes.multiChannel === 'true' ? 2 : 1,
  };
}
