import type { Account } from '../../calls/account.ts';
import type { CallHint, WebhookFields } from '../../calls/events/webhook.ts';
import { readTexts, timeOfState } from '../kit/read-webhook.ts';
import { toCall, toTime } from './to-call.ts';

type State = 'initiated' | 'answered' | 'disconnected';

const ofVerbs = [
  ...['gather', 'partialgather', 'dtmf', 'machineDetectionComplete', 'recordComplete', 'recordingComplete'],
  ...['redirect', 'transferAnswer', 'transferComplete', 'bridgeComplete', 'bridgeTargetComplete'],
  ...['conferenceMemberJoin', 'mediaStreamStarted', 'realTimeTranscriptionStarted', 'referComplete'],
];

/**
 * The state that each event proves (Bandwidth docs, webhooks). Events of verbs come from calls that run a document, and
 * so are answered. All others prove none: recordings, transcriptions and the ends of streams are told after the call
 * too, and a member leaves a conference by hanging up.
 */
const states: ReadonlyMap<string | null, State> = new Map<string, State>([
  ['initiate', 'initiated'],
  ['answer', 'answered'],
  ...ofVerbs.map((event) => [event, 'answered'] as const),
  ['disconnect', 'disconnected'],
  ['transferDisconnect', 'disconnected'],
]);

const names = [
  ...(['eventType', 'eventTime', 'accountId', 'applicationId', 'callId', 'from', 'to', 'direction'] as const),
  ...(['enqueuedTime', 'startTime', 'answerTime', 'endTime', 'cause', 'errorMessage', 'errorId'] as const),
  ...(['parentCallId', 'transferCallerId', 'transferTo', 'recordingId'] as const),
];

/** What a webhook proves; null if nothing. @throws Error if it cannot be read */
export function readWebhook(fields: WebhookFields, account: Account): CallHint | null {
  const { eventType, eventTime, callId, cause, ...texts } = readTexts(fields, names, 'accountId', account);
  const proven = states.get(eventType);
  if (proven === undefined) return null;
  if (callId === null) throw new TypeError('no call');
  const isEnd = proven === 'disconnected';
  const isChild = texts.parentCallId !== null;
  const call = toCall(
    {
      ...texts,
      callId,
      // An inbound call can be redirected before it is answered.
      state: eventType === 'redirect' && texts.answerTime === null ? 'initiated' : proven,
      from: (isChild ? texts.transferCallerId : null) ?? texts.from,
      to: (isChild ? texts.transferTo : null) ?? texts.to,
      stirShaken: fields.stirShaken,
      // Where a recording is told of, this is when the recording began.
      startTime: texts.recordingId === null ? texts.startTime : null,
      lastUpdate: eventTime,
      // In other events these are of a recording, or of the other call of a transfer or bridge.
      endTime: isEnd ? texts.endTime : null,
      disconnectCause: isEnd ? cause : null,
      errorMessage: isEnd ? texts.errorMessage : null,
      errorId: isEnd ? texts.errorId : null,
    },
    account,
  );
  return { call, occurredAt: timeOfState(call) ?? toTime(eventTime) ?? undefined };
}
