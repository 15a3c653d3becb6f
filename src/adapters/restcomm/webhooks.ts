import type { Account } from '../../calls/account.ts';
import { isEnded } from '../../calls/events/status-rank.ts';
import type { CallHint, WebhookFields } from '../../calls/events/webhook.ts';
import { readTexts, timeOfState } from '../kit/read-webhook.ts';
import type { Dialect } from './dialect.ts';
import { toCall, toTime } from './to-call.ts';

/** The events of a leg, and the status in its record by then (Restcomm-Connect Call.java). */
const legStatuses: Readonly<Record<string, string>> = {
  initiated: 'queued',
  ringing: 'ringing',
  answered: 'in-progress',
  completed: 'completed',
};

const names = [
  ...(['AccountSid', 'CallSid', 'InstanceId', 'ParentCallSid', 'From', 'To', 'Direction'] as const),
  ...(['ApiVersion', 'CallStatus', 'CallbackSource', 'CallerName', 'ForwardedFrom'] as const),
  ...(['CallDuration', 'CallTimestamp', 'Timestamp'] as const),
];

/**
 * What a status callback proves; null if nothing. Callbacks of scripts name the status, but no time. Those of legs name an
 * event, `completed` for every end (Restcomm-Connect Call.java, VoiceInterpreter.java).
 *
 * @throws Error if it cannot be read
 */
export function readWebhook(fields: WebhookFields, account: Account, dialect: Dialect): CallHint | null {
  const texts = readTexts(fields, names, 'AccountSid', account);
  const word = texts.CallStatus ?? '';
  const isLeg = texts.CallbackSource === 'call-progress-events';
  const status = isLeg && Object.hasOwn(legStatuses, word) ? legStatuses[word] : word;
  // The name of the server's zone ends it, and is UTC's in the image that Restcomm ships.
  const at = texts.Timestamp?.replace(/ Etc\/UTC$/, ' UTC') ?? null;
  if (texts.CallSid === null) throw new TypeError('no call');
  const wire = {
    sid: texts.CallSid,
    InstanceId: texts.InstanceId,
    parent_call_sid: texts.ParentCallSid,
    from: texts.From,
    to: texts.To,
    status,
    direction: texts.Direction,
    api_version: texts.ApiVersion,
    date_created: texts.CallTimestamp,
    start_time: word === 'answered' ? at : null,
    end_time: word === 'completed' ? at : null,
    duration: texts.CallDuration,
    // Absent values are written as the word `null`, too, and a leg has the caller's number for a name.
    forwarded_from: texts.ForwardedFrom === 'null' ? null : texts.ForwardedFrom,
    caller_name: isLeg || texts.CallerName === 'null' ? null : texts.CallerName,
  };
  const read = { ...toCall(wire, account, dialect), providerStatus: word };
  if (read.status === 'UNKNOWN') return null;
  const call = isLeg && word === 'initiated' ? { ...read, status: 'INITIATED' as const } : read;
  const occurredAt = timeOfState(call) ?? toTime(at) ?? undefined;
  return { call, occurredAt, isPartial: isEnded(call.status) };
}
