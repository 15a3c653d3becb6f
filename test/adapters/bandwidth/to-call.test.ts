import { describe, expect, it } from 'vitest';
import { toCall, toCreatedCall } from '../../../src/adapters/bandwidth/to-call.ts';
import type { Account } from '../../../src/calls/account.ts';

const account: Account = {
  key: 'bandwidth-main',
  name: 'Bandwidth, main',
  provider: 'BANDWIDTH',
  providerAccountId: '9900000',
  capabilities: [],
};

/** Bandwidth spec, callState: the example of each property. */
const published = {
  applicationId: '04e88489-df02-4e34-a0ee-27a91849555f',
  accountId: '9900000',
  callId: 'c-15ac29a2-1331029c-2cb0-4a07-b215-b22865662d85',
  parentCallId: 'c-25ac29a2-1331029c-2cb0-4a07-b215-b22865662d85',
  to: '+19195551234',
  from: '+19195554321',
  direction: 'inbound',
  state: 'disconnected',
  stirShaken: { verstat: 'TN-Validation-Passed', attestationIndicator: 'A', originatingId: 'abc123' },
  identity: 'eyJhbGciOiJFUzI1NiJ9..sig;info=<https://cert.example/x>',
  enqueuedTime: '2022-06-16T13:15:07.160Z',
  startTime: '2022-06-16T13:15:07.160Z',
  answerTime: '2022-06-16T13:15:18.126Z',
  endTime: '2022-06-16T13:15:38.100Z',
  disconnectCause: 'hangup',
  errorMessage: null,
  errorId: null,
  lastUpdate: '2022-06-16T13:15:38.314Z',
};

/** old docs, getCallsCallId: nulls instead of absence, no enqueuedTime, no stirShaken, no identity. */
const older = {
  callId: 'c-95ac8d6e-1a31c52e-b38f-4198-93c1-51633ec68f8d',
  parentCallId: null,
  applicationId: '7fc9698a-b04a-468b-9e8f-91238c0d0086',
  accountId: '5555555',
  to: '+15553334444',
  from: '+15551112222',
  direction: 'inbound',
  state: 'disconnected',
  startTime: '2019-10-21T16:45:11.293Z',
  answerTime: '2019-10-21T16:45:14.352Z',
  endTime: '2019-10-21T16:55:12.950Z',
  disconnectCause: 'hangup',
  errorMessage: null,
  errorId: null,
  lastUpdate: '2019-10-21T16:55:12.971Z',
};

describe('a call as Bandwidth shows it', () => {
  it('is read whole', () => {
    expect(toCall(published, account)).toEqual({
      account,
      providerCallId: published.callId,
      from: '+19195554321',
      to: '+19195551234',
      direction: 'INBOUND',
      providerDirection: 'inbound',
      status: 'COMPLETED',
      providerStatus: 'disconnected',
      createdAt: '2022-06-16T13:15:07.160Z',
      startedAt: '2022-06-16T13:15:07.160Z',
      answeredAt: '2022-06-16T13:15:18.126Z',
      endedAt: '2022-06-16T13:15:38.100Z',
      updatedAt: '2022-06-16T13:15:38.314Z',
      duration: 19,
      endReason: 'HANGUP',
      providerEndReason: 'hangup',
      error: null,
      price: null,
      callerName: null,
      parentId: published.parentCallId,
      details: {
        provider: 'BANDWIDTH',
        callUrl: null,
        applicationId: published.applicationId,
        parentCallId: published.parentCallId,
        identity: published.identity,
        stirShaken: {
          verstat: 'TN-Validation-Passed',
          attestationIndicator: 'A',
          originatingId: 'abc123',
        },
      },
    });
  });

  it('of older times has been created when it started', () => {
    expect(toCall(older, account)).toMatchObject({
      createdAt: '2019-10-21T16:45:11.293Z',
      startedAt: '2019-10-21T16:45:11.293Z',
      duration: 598,
      parentId: null,
      details: { parentCallId: null, identity: null, stirShaken: null },
    });
  });

  it('that waits has been created when it was queued', () => {
    const wire = { ...published, state: 'queued', startTime: null, answerTime: null, endTime: null };
    expect(toCall({ ...wire, disconnectCause: null }, account)).toMatchObject({
      status: 'QUEUED',
      createdAt: '2022-06-16T13:15:07.160Z',
      startedAt: null,
      duration: null,
      endReason: null,
      providerEndReason: null,
    });
  });

  it('with nothing but an identifier is a call all the same', () => {
    expect(toCall({ callId: 'c-1' }, account)).toMatchObject({
      providerCallId: 'c-1',
      from: '',
      to: '',
      direction: 'UNKNOWN',
      providerDirection: null,
      status: 'UNKNOWN',
      providerStatus: '',
      createdAt: null,
      updatedAt: null,
      duration: null,
      endReason: null,
      error: null,
      details: { applicationId: null, stirShaken: null },
    });
  });

  it('with values of any type never throws', () => {
    const odd = { callId: 'c-1', to: 1, from: {}, state: [], startTime: 5, stirShaken: 'x', errorId: true };
    expect(toCall(odd, account)).toMatchObject({ to: '', from: '', providerStatus: '', startedAt: null });
  });

  it('with an unreadable enqueuedTime has been created when it started', () => {
    expect(toCall({ ...published, enqueuedTime: 'soon' }, account).createdAt).toBe(published.startTime);
  });

  it.each([
    ['ended unanswered', { answerTime: null }, 0],
    ['ended unanswered, the end unknown', { answerTime: null, endTime: null }, 0],
    ['ended, the end unknown', { endTime: null }, null],
    ['ended before it was answered', { endTime: '2022-06-16T13:15:00.000Z' }, 0],
    ['ended longer than an Int can tell after the answer', { endTime: '9999-01-01T00:00:00.000Z' }, null],
    ['answered and going on', { state: 'answered', endTime: null }, null],
    ['in a new state with an end', { state: 'archived' }, 19],
  ])('has a duration: %s', (_, changed, duration) => {
    expect(toCall({ ...published, ...changed }, account).duration).toBe(duration);
  });

  it('in a new state keeps the word and, once it has an end, the reason', () => {
    expect(toCall({ ...published, state: 'Archived' }, account)).toMatchObject({
      status: 'UNKNOWN',
      providerStatus: 'Archived',
      endReason: 'HANGUP',
    });
    expect(toCall({ ...published, state: 'Parked', endTime: null }, account).endReason).toBeNull();
  });

  it('keeps a new cause', () => {
    expect(toCall({ ...published, disconnectCause: 'Meteor' }, account)).toMatchObject({
      status: 'COMPLETED',
      endReason: 'UNKNOWN',
      providerEndReason: 'Meteor',
    });
  });

  it.each([
    [
      { errorId: 'e', errorMessage: 'Callee is busy' },
      { id: 'e', message: 'Callee is busy' },
    ],
    [{ errorId: 'e' }, { id: 'e', message: null }],
    [{ errorMessage: 'm' }, { id: null, message: 'm' }],
  ])('tells of an error: %o', (wire, error) => {
    expect(toCall({ ...published, errorId: null, ...wire }, account).error).toEqual({
      ...error,
    });
  });

  it('tells of STIR/SHAKEN what is there', () => {
    const { details } = toCall(
      { ...published, stirShaken: { verstat: 'x', other: 'y', originatingId: 3 } },
      account,
    );
    expect(details).toMatchObject({
      stirShaken: { verstat: 'x', attestationIndicator: null, originatingId: null },
    });
  });
});

describe('a call as a create shows it', () => {
  it('is queued and outbound, and without the secrets', () => {
    const wire = {
      applicationId: '04e88489-df02-4e34-a0ee-27a91849555f',
      accountId: '9900000',
      callId: 'c-15ac29a2-1331029c-2cb0-4a07-b215-b22865662d85',
      to: '+19195551234',
      from: '+19195554312',
      enqueuedTime: '2022-06-16T13:15:07.160Z',
      callUrl: 'https://voice.bandwidth.com/api/v2/accounts/9900000/calls/c-15ac29a2',
      username: 'mySecretUsername',
      password: '*****',
      priority: 5,
    };
    const call = toCreatedCall(wire, account);
    expect(call).toMatchObject({
      status: 'QUEUED',
      providerStatus: 'queued',
      direction: 'OUTBOUND',
      providerDirection: null,
      details: { callUrl: wire.callUrl },
      from: '+19195554312',
      createdAt: '2022-06-16T13:15:07.160Z',
      startedAt: null,
      duration: null,
    });
    expect(JSON.stringify(call)).not.toMatch(/mySecret|\*\*\*/);
  });

  it.each([
    ['no address', undefined],
    ['a number', 7],
    ['a path', '/accounts/9900000/calls/c-1'],
    ['another scheme', 'javascript:alert(1)'],
    ['credentials in it', 'https://user:secret@voice.bandwidth.com/api/v2/accounts/9900000/calls/c-1'],
    ['more than 512 characters', `https://voice.bandwidth.com/${'c'.repeat(512)}`],
  ])('has no address where Bandwidth gives %s', (_, callUrl) => {
    expect(toCreatedCall({ callId: 'c-1', callUrl }, account).details).toMatchObject({ callUrl: null });
  });

  it('of 2019 has been created when it started', () => {
    expect(toCreatedCall({ callId: 'c-1', startTime: '2019-06-20T15:54:22.234Z' }, account)).toMatchObject({
      status: 'QUEUED',
      createdAt: '2019-06-20T15:54:22.234Z',
    });
  });
});
