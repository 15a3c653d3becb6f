import { describe, expect, it } from 'vitest';
import { readWebhook } from '../../../src/adapters/bandwidth/webhooks.ts';
import { someAccount } from '../../support/some-call.ts';

const account = someAccount({ providerAccountId: '9900001' });

/** Bandwidth docs, webhooks: the fields that every event of a call has. Those of `more` are given in place of them. */
function anEvent(eventType: string, more: object = {}) {
  return {
    eventType,
    eventTime: '2026-09-14T08:30:12.345Z',
    accountId: '9900001',
    applicationId: '11111111-2222-4333-8444-555555555555',
    from: '+12015550100',
    to: '+12015550101',
    direction: 'outbound',
    callId: 'c-0a1b2c3d',
    callUrl: 'https://voice.bandwidth.com/api/v2/accounts/9900001/calls/c-0a1b2c3d',
    enqueuedTime: '2026-09-14T08:30:01.100Z',
    startTime: '2026-09-14T08:30:01.250Z',
    answerTime: '2026-09-14T08:30:12.301Z',
    tag: 'order-77',
    ...more,
  };
}

const child = {
  callId: 'c-2a1b2c3d',
  parentCallId: 'c-0a1b2c3d',
  transferCallerId: '+12015550199',
  transferTo: '+12015550103',
};
const ended = { endTime: '2026-09-14T08:31:40.900Z' };
const recording = { recordingId: 'r-1', startTime: '2026-09-14T08:30:20.000Z', ...ended };

describe('every event of the documentation proves', () => {
  it.each([
    ['initiate', { direction: 'inbound', enqueuedTime: undefined, answerTime: undefined }, 'INITIATED'],
    ['answer', { machineDetectionResult: { value: 'human', duration: 'PT2.104S' } }, 'IN_PROGRESS'],
    ['redirect', {}, 'IN_PROGRESS'],
    ['redirect', { direction: 'inbound', answerTime: undefined }, 'INITIATED'],
    ['machineDetectionComplete', { machineDetectionResult: { value: 'silence' } }, 'IN_PROGRESS'],
    ['gather', { digits: '', terminatingDigit: '' }, 'IN_PROGRESS'],
    ['partialgather', {}, 'IN_PROGRESS'],
    ['dtmf', { digit: '5' }, 'IN_PROGRESS'],
    ['recordComplete', recording, 'IN_PROGRESS'],
    ['recordingComplete', recording, 'IN_PROGRESS'],
    ['transferAnswer', child, 'IN_PROGRESS'],
    ['transferComplete', { cause: 'busy', errorMessage: 'Callee is busy', errorId: 'e-1' }, 'IN_PROGRESS'],
    ['bridgeComplete', { cause: 'rejected' }, 'IN_PROGRESS'],
    ['bridgeTargetComplete', {}, 'IN_PROGRESS'],
    ['conferenceMemberJoin', { conferenceId: 'conf-1', accountId: undefined }, 'IN_PROGRESS'],
    ['mediaStreamStarted', { mediaStream: {} }, 'IN_PROGRESS'],
    ['realTimeTranscriptionStarted', { realTimeTranscription: {} }, 'IN_PROGRESS'],
    ['referComplete', { referCallStatus: 'failure', referSipResponseCode: 202 }, 'IN_PROGRESS'],
    ['disconnect', { ...ended, cause: 'hangup' }, 'COMPLETED'],
    ['transferDisconnect', { ...child, ...ended, cause: 'timeout' }, 'NO_ANSWER'],
  ])('%s', (eventType, more, status) => {
    const isEnd = 'cause' in more && 'endTime' in more;
    const isChild = 'parentCallId' in more;
    expect(readWebhook(anEvent(eventType, more), account)?.call).toMatchObject({
      account,
      status,
      providerCallId: isChild ? 'c-2a1b2c3d' : 'c-0a1b2c3d',
      parentId: isChild ? 'c-0a1b2c3d' : null,
      from: isChild ? '+12015550199' : '+12015550100',
      to: isChild ? '+12015550103' : '+12015550101',
      startedAt: 'recordingId' in more ? null : '2026-09-14T08:30:01.250Z',
      answeredAt: 'answerTime' in more ? null : '2026-09-14T08:30:12.301Z',
      endedAt: isEnd ? ended.endTime : null,
      providerEndReason: isEnd ? more.cause : null,
      error: null,
    });
  });

  it.each([
    'recordingAvailable',
    'transcriptionAvailable',
    'conferenceCreated',
    'conferenceMemberExit',
    'conferenceRedirect',
    'conferenceCompleted',
    'conferenceRecordingAvailable',
    'mediaStreamRejected',
    'mediaStreamStopped',
    'realTimeTranscriptionRejected',
    'realTimeTranscriptionStopped',
    'realTimeTranscriptionAvailable',
    'somethingNew',
    'toString',
  ])('%s: nothing, since the call may be over', (eventType) => {
    expect(readWebhook(anEvent(eventType), account)).toBeNull();
  });
});

it.each([
  ['hangup', 'COMPLETED', 'HANGUP'],
  ['busy', 'BUSY', 'BUSY'],
  ['rejected', 'BUSY', 'REJECTED'],
  ['timeout', 'NO_ANSWER', 'NO_ANSWER'],
  ['cancel', 'CANCELED', 'CANCELED'],
  ['callback-error', 'FAILED', 'APPLICATION_ERROR'],
  ['account-limit', 'FAILED', 'LIMIT_EXCEEDED'],
  ['unknown', 'FAILED', 'UNKNOWN'],
  ['a-new-one', 'FAILED', 'UNKNOWN'],
])('a disconnect because of %s is %s', (cause, status, endReason) => {
  const event = anEvent('disconnect', {
    ...ended,
    answerTime: null,
    cause,
    errorMessage: 'why',
    errorId: 'e',
  });
  expect(readWebhook(event, account)).toMatchObject({
    call: { status, endReason, duration: 0, error: { id: 'e', message: 'why' } },
    occurredAt: ended.endTime,
  });
});

it('tells when the call came into its state, not when the event was sent', () => {
  const timeOf = (eventType: string, more?: object) =>
    readWebhook(anEvent(eventType, more), account)?.occurredAt;
  expect(timeOf('initiate', { answerTime: null })).toBe('2026-09-14T08:30:01.250Z');
  expect(timeOf('gather')).toBe('2026-09-14T08:30:12.301Z');
  expect(timeOf('gather', { answerTime: null })).toBe('2026-09-14T08:30:12.345Z');
  expect(timeOf('disconnect', ended)).toBe(ended.endTime);
});

it.each([
  ['without a call', { callId: null }],
  ['with a number for a call', { callId: 7 }],
  ['with an object for a time', { answerTime: {} }],
  ['with a list for a party', { from: ['+12015550100'] }],
  ['of another account', { accountId: '9900002' }],
])('an event %s cannot be read', (_, more) => {
  expect(() => readWebhook(anEvent('answer', more), account)).toThrow(TypeError);
});

it('no event is claimed by what only the REST API has', () => {
  const forged = anEvent('answer', {
    state: 'disconnected',
    disconnectCause: 'busy',
    lastUpdate: 7,
    ...ended,
  });
  expect(readWebhook(forged, account)?.call).toMatchObject({
    status: 'IN_PROGRESS',
    endedAt: null,
    endReason: null,
    providerEndReason: null,
    updatedAt: '2026-09-14T08:30:12.345Z',
  });
});
