import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDirection, toEndReason, toStatus } from '../../../src/adapters/restcomm/words.ts';
import { isEnded } from '../../../src/calls/events/status-rank.ts';

describe('toStatus', () => {
  test.each([
    // Text forms.
    ['queued', 'QUEUED'],
    ['ringing', 'RINGING'],
    ['wait-for-answer', 'RINGING'],
    ['in-progress', 'IN_PROGRESS'],
    ['completed', 'COMPLETED'],
    ['busy', 'BUSY'],
    ['no-answer', 'NO_ANSWER'],
    ['canceled', 'CANCELED'],
    ['failed', 'FAILED'],
    ['not-found', 'FAILED'],
    // Names, as SBC writes them and Connect half of the time (#1522, #2162).
    ['QUEUED', 'QUEUED'],
    ['RINGING', 'RINGING'],
    ['WAIT_FOR_ANSWER', 'RINGING'],
    ['IN_PROGRESS', 'IN_PROGRESS'],
    ['COMPLETED', 'COMPLETED'],
    ['BUSY', 'BUSY'],
    ['NO_ANSWER', 'NO_ANSWER'],
    ['CANCELED', 'CANCELED'],
    ['FAILED', 'FAILED'],
    ['NOT_FOUND', 'FAILED'],
    // Neither.
    ['initiated', 'UNKNOWN'],
    ['null', 'UNKNOWN'],
    ['', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
  ])('%s is %s', (word, status) => {
    expect(toStatus(word)).toBe(status);
  });

  test('is total', () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        expect(toStatus(word)).toMatch(/^[A-Z_]+$/);
      }),
    );
  });
});

test.each([
  ['QUEUED', false],
  ['RINGING', false],
  ['IN_PROGRESS', false],
  ['UNKNOWN', false],
  ['COMPLETED', true],
  ['BUSY', true],
  ['NO_ANSWER', true],
  ['CANCELED', true],
  ['FAILED', true],
] as const)('a call that is %s is over: %s', (status, over) => {
  expect(isEnded(status)).toBe(over);
});

test.each([
  ['inbound', 'INBOUND'],
  ['INBOUND', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
  ['outbound-api', 'OUTBOUND'],
  ['outbound-dial', 'OUTBOUND'],
  ['Client-To-Client', 'UNKNOWN'],
  ['', 'UNKNOWN'],
  ['toString', 'UNKNOWN'],
])('the direction %s is %s', (word, direction) => {
  expect(toDirection(word)).toBe(direction);
});

test.each([
  ['completed', false, 'HANGUP'],
  ['COMPLETED', true, 'HANGUP'],
  ['busy', false, 'BUSY'],
  ['no-answer', false, 'NO_ANSWER'],
  ['NO_ANSWER', false, 'NO_ANSWER'],
  ['canceled', true, 'CANCELED'],
  ['not-found', false, 'NOT_FOUND'],
  ['NOT_FOUND', false, 'NOT_FOUND'],
  ['failed', false, 'PROVIDER_ERROR'],
  ['queued', false, null],
  ['ringing', false, null],
  ['wait-for-answer', false, null],
  ['in-progress', false, null],
  // SBC fills in an end from the start.
  ['IN_PROGRESS', true, null],
  ['strange', false, null],
  ['strange', true, 'UNKNOWN'],
])('%s, end known: %s, is %s', (word, hasEnd, reason) => {
  expect(toEndReason(word, hasEnd)).toBe(reason);
});
