import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOver, toStatus } from '../../../src/adapters/restcomm/words.ts';

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
  expect(isOver(status)).toBe(over);
});
