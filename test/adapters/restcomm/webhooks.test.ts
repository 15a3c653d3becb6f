import { describe, expect, it } from 'vitest';
import { createConnect } from '../../../src/adapters/restcomm/dialect.ts';
import { readWebhook } from '../../../src/adapters/restcomm/webhooks.ts';
import { someAccount } from '../../support/some-call.ts';

const accountSid = `AC${'2'.padStart(32, '0')}`;
const account = someAccount({ provider: 'RESTCOMM', providerAccountId: accountSid });
const connect = createConnect(accountSid);
const read = (form: string) => readWebhook(Object.fromEntries(new URLSearchParams(form)), account, connect);

/** Restcomm-Connect Call.java, dialStatusCallbackParameters. */
const leg = (status: string, more = '') =>
  `InstanceId=ID1&AccountSid=${accountSid}&CallSid=ID1-CA3&From=%2B12015550100&To=%2B12015550101` +
  `&Direction=outbound-api&CallerName=%2B12015550100&ForwardedFrom&CallStatus=${status}${more}` +
  '&Timestamp=Mon%2C+14+Sep+2026+08%3A30%3A12+Etc%2FUTC&CallbackSource=call-progress-events&SequenceNumber=2';

/** VoiceInterpreter.java, parameters. */
const script = (status: string) =>
  `CallSid=ID1-CA3&InstanceId=ID1&AccountSid=${accountSid}&From=%2B12015550100&To=%2B12015550101` +
  `&CallStatus=${status}&ApiVersion=2012-04-24&Direction=inbound&CallerName=null&ForwardedFrom=null` +
  '&CallTimestamp=2026-09-14T08%3A30%3A01.250Z';

const at = '2026-09-14T08:30:12.000Z';

describe('the callback of a leg proves', () => {
  it.each([
    ['initiated', { status: 'INITIATED', endReason: null }, false],
    ['ringing', { status: 'RINGING', endReason: null }, false],
    ['answered', { status: 'IN_PROGRESS', answeredAt: at, endReason: null }, false],
    ['completed', { status: 'COMPLETED', endedAt: at }, true],
  ])('%s, of which only the end leaves something to read', (status, call, isPartial) => {
    expect(read(leg(status, '&ParentCallSid=ID1-CA1'))).toMatchObject({
      call: {
        ...call,
        account,
        providerCallId: 'ID1-CA3',
        parentId: 'ID1-CA1',
        providerStatus: status,
        direction: 'OUTBOUND',
        callerName: null,
        details: { forwardedFrom: null },
      },
      occurredAt: at,
      isPartial,
    });
  });
});

describe('the callback of a script proves', () => {
  it.each([
    ['queued', 'QUEUED', null],
    ['ringing', 'RINGING', null],
    ['wait-for-answer', 'RINGING', null],
    ['in-progress', 'IN_PROGRESS', null],
    ['completed', 'COMPLETED', 'HANGUP'],
    ['busy', 'BUSY', 'BUSY'],
    ['failed', 'FAILED', 'PROVIDER_ERROR'],
    ['no-answer', 'NO_ANSWER', 'NO_ANSWER'],
    ['canceled', 'CANCELED', 'CANCELED'],
    ['not-found', 'FAILED', 'NOT_FOUND'],
  ])('%s', (word, status, endReason) => {
    expect(read(script(word))).toMatchObject({
      call: {
        status,
        endReason,
        direction: 'INBOUND',
        createdAt: '2026-09-14T08:30:01.250Z',
        callerName: null,
      },
      occurredAt: undefined,
      isPartial: endReason !== null,
    });
  });

  it.each(['initiated', 'answered', 'something-new', ''])('%j: nothing', (word) => {
    expect(read(script(word))).toBeNull();
  });
});

it('a time of a zone that has no offset in it is not told', () => {
  expect(read(leg('ringing').replace('Etc%2FUTC', 'America%2FChicago'))?.occurredAt).toBeUndefined();
});

it('one without a call, of another account or with something else than texts cannot be read', () => {
  expect(() => read(leg('ringing').replace('CallSid=ID1-CA3', 'CallSid'))).toThrow(TypeError);
  expect(() => read(leg('ringing').replace(accountSid, 'AC9'))).toThrow(TypeError);
  expect(() => readWebhook({ CallSid: 'CA3', CallStatus: ['ringing'] }, account, connect)).toThrow(TypeError);
});
