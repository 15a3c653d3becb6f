import { describe, expect, it } from 'vitest';
import { toCause, toDirection, toEndReason, toStatus } from '../../../src/adapters/bandwidth/words.ts';

describe('the status of a call', () => {
  it.each([
    ['queued', 'QUEUED'],
    ['initiated', 'INITIATED'],
    ['answered', 'IN_PROGRESS'],
    [' Answered ', 'IN_PROGRESS'],
    ['QUEUED', 'QUEUED'],
    ['ringing', 'UNKNOWN'],
    ['active', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
    ['', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ])('in the state %o is %s', (state, status) => {
    expect(toStatus(state, null, false)).toBe(status);
    expect(toStatus(state, 'hangup', true)).toBe(status);
  });

  it.each([
    ['hangup', 'COMPLETED', 'COMPLETED'],
    ['busy', 'BUSY', 'BUSY'],
    ['rejected', 'BUSY', 'BUSY'],
    ['timeout', 'NO_ANSWER', 'NO_ANSWER'],
    ['cancel', 'CANCELED', 'CANCELED'],
    ['callback-error', 'FAILED', 'FAILED'],
    ['invalid-bxml', 'FAILED', 'FAILED'],
    ['application-error', 'FAILED', 'FAILED'],
    ['account-limit', 'FAILED', 'FAILED'],
    ['node-capacity-exceeded', 'FAILED', 'FAILED'],
    ['error', 'FAILED', 'FAILED'],
    ['unknown', 'FAILED', 'FAILED'],
    ['APPLICATION_ERROR', 'FAILED', 'FAILED'],
    [' Hangup', 'COMPLETED', 'COMPLETED'],
    ['a word of tomorrow', 'COMPLETED', 'FAILED'],
    ['__proto__', 'COMPLETED', 'FAILED'],
    [null, 'COMPLETED', 'FAILED'],
  ])('disconnected by %o is %s, or %s if nobody had answered', (cause, answered, unanswered) => {
    expect(toStatus('disconnected', cause, true)).toBe(answered);
    expect(toStatus('Disconnected', cause, false)).toBe(unanswered);
  });
});

describe('the reason of an end', () => {
  it.each([
    ['hangup', 'HANGUP'],
    ['busy', 'BUSY'],
    ['timeout', 'NO_ANSWER'],
    ['cancel', 'CANCELED'],
    ['rejected', 'REJECTED'],
    ['callback-error', 'APPLICATION_ERROR'],
    ['invalid-bxml', 'APPLICATION_ERROR'],
    ['application-error', 'APPLICATION_ERROR'],
    ['account-limit', 'LIMIT_EXCEEDED'],
    ['node-capacity-exceeded', 'LIMIT_EXCEEDED'],
    ['error', 'PROVIDER_ERROR'],
    ['unknown', 'UNKNOWN'],
    ['NODE_CAPACITY_EXCEEDED', 'LIMIT_EXCEEDED'],
    ['a word of tomorrow', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ])('for %o is %s', (cause, reason) => {
    expect(toEndReason(cause)).toBe(reason);
  });

  it.each([
    ['HANGUP', 'hangup'],
    ['BUSY', 'busy'],
    ['NO_ANSWER', 'timeout'],
    ['CANCELED', 'cancel'],
    ['REJECTED', 'rejected'],
    ['PROVIDER_ERROR', 'error'],
    ['LIMIT_EXCEEDED', undefined],
    ['APPLICATION_ERROR', undefined],
    ['UNKNOWN', undefined],
    ['NOT_FOUND', undefined],
  ] as const)('%s is filtered by the cause %o', (reason, cause) => {
    expect(toCause(reason)).toBe(cause);
  });
});

describe('the direction', () => {
  it.each([
    ['inbound', 'INBOUND'],
    ['outbound', 'OUTBOUND'],
    ['Outbound ', 'OUTBOUND'],
    ['sideways', 'UNKNOWN'],
    ['', 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ])('%o is %s', (word, direction) => {
    expect(toDirection(word)).toBe(direction);
  });
});
