import type { Account } from '../calls/account.ts';
import type { CallbackReference } from '../markup/rcml/options.ts';
import type { HostedCall } from './hosted-script.ts';

/** The fields of a request for a callback, by name. */
export type CallbackFields = Readonly<Record<string, string>>;

/** An event as Bandwidth tells it: the members of a JSON object. */
export type CallbackEvent = Readonly<Record<string, string | number | undefined>>;

/** What an event is made from besides the fields of the request. */
export interface EventContext {
  readonly account: Account;
  readonly reference: CallbackReference;
  readonly call: HostedCall;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Names of the events whose answer is a document that the call runs then. */
const answered: Readonly<Record<string, string>> = {
  gatherUrl: 'gather',
  recordCompleteUrl: 'recordComplete',
  redirectUrl: 'redirect',
  transferAnswerUrl: 'transferAnswer',
  transferCompleteUrl: 'transferComplete',
};
/** Names of the events that are only told. */
const told: Readonly<Record<string, string>> = {
  partialResultCallback: 'partialgather',
  recordingAvailableUrl: 'recordingAvailable',
  transcriptionAvailableUrl: 'transcriptionAvailable',
  transferDisconnectUrl: 'transferDisconnect',
};

/** Whether the call waits for a document in answer to this callback. */
export function isAnswered({ attribute }: CallbackReference): boolean {
  return attribute in answered;
}

/**
 * The event of a callback: Restcomm's fields in the words of Bandwidth (Restcomm-Connect VoiceInterpreter.parameters; Bandwidth
 * docs, voice webhooks). What Restcomm does not know is absent: when a call was answered, for example.
 */
export function toCallbackEvent(fields: CallbackFields, context: EventContext): CallbackEvent {
  const { account, reference, call, now } = context;
  const { attribute, transferTo, transferCallerId } = reference;
  const of = (name: string) => fieldOf(fields, name);
  const eventType = answered[attribute] ?? told[attribute];
  const isTransfer = attribute.startsWith('transfer');
  const isLeg = attribute === 'transferAnswerUrl' || attribute === 'transferDisconnectUrl';
  const parentCallId = isLeg ? (of('ParentCallSid') ?? call.callId) : call.parentCallId;
  const isInbound = of('Direction') === 'inbound';
  const created = toTime(of('CallTimestamp'));
  return {
    eventType,
    eventTime: new Date(now).toISOString(),
    accountId: account.providerAccountId ?? undefined,
    from: of('From'),
    to: of('To'),
    direction: isInbound ? 'inbound' : 'outbound',
    callId: of('CallSid'),
    parentCallId,
    ...(isInbound ? { startTime: created } : { enqueuedTime: created }),
    ...(isTransfer && {
      transferCallerId,
      transferTo: isLeg ? of('To') : transferTo,
    }),
    ...detailsOf[attribute]?.(of, now),
    tag: reference.tag === '' ? undefined : reference.tag,
  };
}

type Get = (name: string) => string | undefined;

/** What an event has besides the fields of every event, by the attribute that it comes from. */
const detailsOf: Readonly<Record<string, (of: Get, now: number) => CallbackEvent>> = {
  gatherUrl: (of) => ({ digits: of('Digits') ?? '', terminatingDigit: '', text: of('SpeechResult') }),
  partialResultCallback: (of) => ({ text: of('UnstableSpeechResult') }),
  recordCompleteUrl: toRecording,
  recordingAvailableUrl: (of, now) => ({ ...toRecording(of, now), status: 'complete' }),
  transferCompleteUrl: (of) => ({ cause: toCause(of) }),
  transferDisconnectUrl: (of, now) => ({
    endTime: new Date(now).toISOString(),
    // The reason is not told. A call of no length has not been answered.
    cause: Number(of('CallDuration') ?? 0) > 0 ? 'hangup' : 'unknown',
  }),
};

const secondsOfDay = 24 * 60 * 60;

/** Restcomm names the file after the recording, and tells of it as soon as it ends. */
function toRecording(of: Get, now: number): CallbackEvent {
  const mediaUrl = of('PublicRecordingUrl');
  const file = (mediaUrl ?? of('RecordingUrl'))?.split(/[?#]/, 1)[0]?.split('/').at(-1);
  const told = Number(of('RecordingDuration') ?? 0);
  // No call is longer than a day. What else came is no duration, or leads to no date.
  const seconds = told >= 0 && told <= secondsOfDay ? told : 0;
  return {
    recordingId: file?.replace(/\.\w+$/, ''),
    mediaUrl,
    startTime: new Date(now - seconds * 1000).toISOString(),
    endTime: new Date(now).toISOString(),
    duration: `PT${seconds}S`,
    fileFormat: 'wav',
    channels: 1,
  };
}

const causes: Readonly<Record<string, string>> = {
  completed: 'hangup',
  busy: 'busy',
  canceled: 'timeout',
  'no-answer': 'timeout',
  failed: 'error',
};

/** Without a status, the verb behind the Dial has been reached: no leg could be created. */
function toCause(of: Get): string {
  const status = of('DialCallStatus');
  return status === undefined ? 'error' : (causes[status] ?? 'unknown');
}

/** The call that a request comes from: what is known of it, completed by the fields of the request. */
export function toRequestingCall(call: HostedCall, fields: CallbackFields): HostedCall {
  const isInbound = fieldOf(fields, 'Direction') === 'inbound';
  return {
    ...call,
    callId: fieldOf(fields, 'CallSid'),
    remoteParty: fieldOf(fields, isInbound ? 'From' : 'To'),
  };
}

/** A bare name and the text `null` mean that there is no value. */
export function fieldOf(fields: CallbackFields, name: string): string | undefined {
  const value = fields[name];
  return value === undefined || value === '' || value === 'null' ? undefined : value;
}

function toTime(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
