import { applicationId, callIdOf } from '../figures.ts';
import { startOf } from '../traffic.ts';

/** A call that has ended, as Bandwidth writes it (Bandwidth spec, callState). */
export function bandwidthCall(accountId: string, number: number): string {
  const createdAt = startOf(number);
  const isOutbound = number % 2 === 0;
  const at = (seconds: number) => new Date(createdAt + seconds * 1000).toISOString();
  return JSON.stringify({
    applicationId,
    accountId,
    callId: callIdOf(number),
    parentCallId: null,
    to: `+1919555${String(number % 10_000).padStart(4, '0')}`,
    from: '+19195550100',
    direction: isOutbound ? 'outbound' : 'inbound',
    state: 'disconnected',
    identity: isOutbound ? undefined : 'eyJhbGciOiJFUzI1NiJ9',
    stirShaken: isOutbound ? null : { verstat: 'TN-Validation-Passed', attestationIndicator: 'A' },
    enqueuedTime: isOutbound ? at(0) : undefined,
    startTime: at(0),
    answerTime: at(4),
    endTime: at(64),
    disconnectCause: number % 5 === 0 ? 'busy' : 'hangup',
    errorMessage: null,
    errorId: null,
    lastUpdate: at(64),
  });
}

/** What Restcomm Connect tells of a call. */
export function restcommCall(accountSid: string, number: number) {
  const createdAt = startOf(number);
  const sid = `CA${String(number).padStart(32, '0')}`;
  const rfcLike = (seconds: number) =>
    new Date(createdAt + seconds * 1000).toUTCString().replace('GMT', '+0000');
  const iso = (seconds: number) => new Date(createdAt + seconds * 1000).toISOString();
  return {
    sid,
    date_created: rfcLike(0),
    date_updated: rfcLike(64),
    account_sid: accountSid,
    to: `+1919555${String(number % 10_000).padStart(4, '0')}`,
    from: '+19195550100',
    status: number % 5 === 0 ? 'busy' : 'completed',
    start_time: iso(4),
    end_time: iso(64),
    duration: 60,
    price_unit: 'USD',
    direction: number % 2 === 0 ? 'outbound-api' : 'inbound',
    api_version: '2012-04-24',
    caller_name: 'Alice',
    uri: `/restcomm/2012-04-24/Accounts/${accountSid}/Calls/${sid}.json`,
    ring_duration: 4,
  };
}
