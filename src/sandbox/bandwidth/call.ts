/**
 * A call as GET and the list show it: members and their order as in the Bandwidth spec, callState. Times are ISO 8601
 * in UTC with milliseconds. `state` and `disconnectCause` are open sets.
 */
export interface BandwidthCall {
  applicationId: string;
  accountId: string;
  callId: string;
  parentCallId: string | null;
  to: string;
  from: string;
  direction: string;
  state: string;
  stirShaken?: Record<string, string> | null;
  identity?: string | null;
  enqueuedTime?: string | null;
  startTime: string | null;
  answerTime: string | null;
  endTime: string | null;
  disconnectCause: string | null;
  errorMessage: string | null;
  errorId: string | null;
  lastUpdate: string;
}

/** An instant as the Voice API writes it. */
export function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Times in the carrier's format are compared as strings; only other formats, given by a test, are parsed. */
export function isBefore(a: string, b: string): boolean {
  return a.length === 24 && b.length === 24 ? a < b : Date.parse(a) < Date.parse(b);
}

/** The creation time of a call in milliseconds, by which lists are ordered. It is not part of the record. */
export function createdAtOf(call: BandwidthCall): number {
  return Date.parse(call.enqueuedTime ?? call.startTime ?? call.lastUpdate);
}

const ANSWERED_AFTER = 4_000;
const ENDED_AFTER = 124_000;

/**
 * Completes a record. Missing members get values that match the given state; the default is a call that has just
 * ended.
 */
export function completeCall(
  given: Partial<BandwidthCall>,
  own: { accountId: string; applicationId: string; callId: string; now: number },
): BandwidthCall {
  const state = given.state ?? 'disconnected';
  const began =
    given.enqueuedTime ?? given.startTime ?? toTime(own.now - (state === 'disconnected' ? ENDED_AFTER : 0));
  const startTime = state === 'queued' ? null : began;
  const origin = Date.parse(began);
  const answerTime =
    state === 'answered' || state === 'disconnected' ? toTime(origin + ANSWERED_AFTER) : null;
  const endTime = state === 'disconnected' ? toTime(origin + ENDED_AFTER) : null;
  const outbound = (given.direction ?? 'outbound') === 'outbound';
  const filled: BandwidthCall = {
    applicationId: own.applicationId,
    accountId: own.accountId,
    callId: own.callId,
    parentCallId: null,
    to: '+19195551234',
    from: '+19195554321',
    direction: 'outbound',
    state,
    ...(outbound ? { enqueuedTime: began } : {}),
    startTime,
    answerTime,
    endTime,
    disconnectCause: endTime === null ? null : 'hangup',
    errorMessage: null,
    errorId: null,
    lastUpdate: began,
    ...given,
  };
  filled.lastUpdate = given.lastUpdate ?? filled.endTime ?? filled.answerTime ?? filled.startTime ?? began;
  return filled;
}
