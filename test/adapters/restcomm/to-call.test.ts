import { describe, expect, test } from 'vitest';
import { createConnect, sbc } from '../../../src/adapters/restcomm/dialect.ts';
import { toCall } from '../../../src/adapters/restcomm/to-call.ts';
import type { Members } from '../../../src/adapters/restcomm/wire.ts';
import type { Account } from '../../../src/calls/account.ts';

const accountSid = `AC${'a'.repeat(32)}`;
const connect = createConnect(accountSid);
const account: Account = {
  key: 'main',
  name: 'Main',
  provider: 'RESTCOMM',
  providerAccountId: accountSid,
  capabilities: connect.capabilities,
};

const wire = {
  sid: 'CA1',
  InstanceId: 'ID1',
  date_created: 'Tue, 8 Oct 2013 04:51:40 -0600',
  date_updated: 'Tue, 8 Oct 2013 04:51:59 -0600',
  parent_call_sid: 'CA0',
  to: 'alice',
  from: '+12125550100',
  phone_number_sid: 'PN1',
  status: 'completed',
  start_time: '2013-10-08T04:51:47.671-06:00',
  end_time: '2013-10-08T04:51:59.174-06:00',
  duration: 11,
  price: null,
  price_unit: 'USD',
  direction: 'inbound',
  answered_by: 'bob',
  api_version: '2012-04-24',
  forwarded_from: '+12125550199',
  caller_name: 'Alice',
  uri: '/2012-04-24/…',
  ring_duration: 7,
};

const CREATED = '2013-10-08T10:51:40.000Z';
const STARTED = '2013-10-08T10:51:47.671Z';
const ENDED = '2013-10-08T10:51:59.174Z';

const atConnect = (members: Members) => toCall({ ...wire, ...members }, account, connect);
const atSbc = (members: Members) => toCall({ ...wire, ...members }, account, sbc);

test('a completed call of Connect', () => {
  expect(atConnect({})).toEqual({
    account,
    providerCallId: 'CA1',
    from: '+12125550100',
    to: 'alice',
    direction: 'INBOUND',
    providerDirection: 'inbound',
    status: 'COMPLETED',
    providerStatus: 'completed',
    createdAt: CREATED,
    startedAt: null,
    answeredAt: STARTED,
    endedAt: ENDED,
    updatedAt: '2013-10-08T10:51:59.000Z',
    duration: 11,
    endReason: 'HANGUP',
    providerEndReason: null,
    error: null,
    price: null,
    callerName: 'Alice',
    parentId: 'CA0',
    details: {
      provider: 'RESTCOMM',
      parentCallSid: 'CA0',
      phoneNumberSid: 'PN1',
      answeredBy: 'bob',
      forwardedFrom: '+12125550199',
      apiVersion: '2012-04-24',
      instanceId: 'ID1',
      ringDuration: 7,
      uri: '/2012-04-24/…',
    },
  });
});

test.each([
  ['outbound-api', 'outbound-api', 'OUTBOUND'],
  ['outbound-dial', 'outbound-dial', 'OUTBOUND'],
  ['Client-To-Client', 'Client-To-Client', 'UNKNOWN'],
  ['', null, 'UNKNOWN'],
])('the direction %j is shown as %j, beside %s', (direction, providerDirection, common) => {
  expect(atConnect({ direction })).toMatchObject({ providerDirection, direction: common });
});

describe('the times and the duration at Connect', () => {
  test.each([
    ['QUEUED', null, STARTED, null, null, null],
    ['RINGING', null, STARTED, null, null, null],
    ['in-progress', null, null, STARTED, null, null],
    ['completed', ENDED, null, STARTED, ENDED, 11],
    ['canceled', ENDED, STARTED, null, ENDED, 0],
    ['BUSY', null, STARTED, null, null, 0],
    ['NO_ANSWER', null, STARTED, null, null, 0],
    ['FAILED', null, STARTED, null, null, 0],
    ['not-found', ENDED, STARTED, null, ENDED, 0],
    ['strange', null, STARTED, null, null, null],
    ['strange', ENDED, STARTED, null, ENDED, null],
  ])('%s, EndTime %s', (status, endTime, startedAt, answeredAt, endedAt, duration) => {
    expect(atConnect({ status, end_time: endTime })).toMatchObject({
      startedAt,
      answeredAt,
      endedAt,
      duration,
    });
  });
});

describe('the times and the duration at SBC', () => {
  test.each([
    // Always with an EndTime, which until the end is the time of creation.
    ['RINGING', STARTED, null, null],
    ['IN_PROGRESS', STARTED, null, null],
    ['COMPLETED', STARTED, ENDED, 11],
    ['FAILED', STARTED, ENDED, 11],
    ['BUSY', STARTED, ENDED, 11],
  ])('%s', (status, startedAt, endedAt, duration) => {
    expect(atSbc({ status })).toMatchObject({ startedAt, answeredAt: null, endedAt, duration });
  });

  test('its parents are no calls, but are shown as sent', () => {
    const call = atSbc({ parent_call_sid: 'RN1' });
    expect(call.parentId).toBeNull();
    expect(call.details).toMatchObject({ parentCallSid: 'RN1' });
  });
});

test('the text that stands for no name is no name', () => {
  expect(atConnect({ caller_name: 'Unknown' }).callerName).toBeNull();
  expect(atConnect({ caller_name: null }).callerName).toBeNull();
});

test.each([
  ['0.00', 'USD', { amount: '0.00', currency: 'USD' }],
  ['-1.5', null, { amount: '-1.5', currency: 'USD' }],
  ['0', 'EUR', { amount: '0', currency: 'EUR' }],
  ['free', 'USD', null],
  [null, 'USD', null],
])('the price %s %s', (price, priceUnit, money) => {
  expect(atConnect({ price, price_unit: priceUnit }).price).toEqual(money);
});

test('a time that cannot be read is null', () => {
  expect(atConnect({ date_created: 'yesterday', start_time: null })).toMatchObject({
    createdAt: null,
    answeredAt: null,
  });
});
