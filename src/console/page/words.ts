import type {
  AccountState,
  CallDirection,
  CallEventSource,
  CallStatus,
  Capability,
  ErrorCode,
} from './generated/graphql.ts';

/** What people read for the words of the schema. */
export const statusWords: Readonly<Record<CallStatus, string>> = {
  QUEUED: 'Queued',
  INITIATED: 'Dialling',
  RINGING: 'Ringing',
  IN_PROGRESS: 'In progress',
  COMPLETED: 'Completed',
  BUSY: 'Busy',
  NO_ANSWER: 'No answer',
  CANCELED: 'Canceled',
  FAILED: 'Failed',
  UNKNOWN: 'Unknown',
};

export const directionWords: Readonly<Record<CallDirection, string>> = {
  INBOUND: 'Inbound',
  OUTBOUND: 'Outbound',
  UNKNOWN: 'Unknown',
};

export const stateWords: Readonly<Record<AccountState, string>> = {
  OK: 'Works',
  DEGRADED: 'Fails at times',
  UNAVAILABLE: 'Unavailable',
  UNKNOWN: 'Not used yet',
};

export const sourceWords: Readonly<Record<CallEventSource, string>> = {
  WEBHOOK: 'by webhook',
  POLL: 'by poll',
  COMMAND: 'by command',
};

/** Only those that a person may do or miss. */
export const capabilityWords: Readonly<Partial<Record<Capability, string>>> = {
  CREATE_CALL: 'Place calls',
  HANG_UP_CALL: 'Hang up',
  CANCEL_CALL: 'Cancel',
  MUTE_CALL: 'Mute',
  REDIRECT_CALL: 'Redirect',
  UPDATE_BXML: 'Replace BXML',
};

export const errorWords: Readonly<Partial<Record<ErrorCode, string>>> = {
  OUTCOME_UNKNOWN: 'It may or may not have been done',
  CONFLICT: 'Not possible now',
  RATE_LIMITED: 'Too many requests',
  NOT_FOUND: 'Not found',
  INVALID_INPUT: 'Not accepted',
  UNSUPPORTED_BY_PROVIDER: 'The provider cannot do this',
  PROVIDER_UNAVAILABLE: 'The provider cannot be reached',
  PROVIDER_TIMEOUT: 'The provider did not answer in time',
};

/** A word of the schema that has no translation: `END_REASON` is `End reason`. */
export function toWords(word: string): string {
  const text = word.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
