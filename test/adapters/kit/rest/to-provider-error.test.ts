import { describe, expect, it } from 'vitest';
import { outcomeUnknown } from '../../../../src/adapters/kit/rest/provider-errors.ts';
import { toProviderError } from '../../../../src/adapters/kit/rest/to-provider-error.ts';
import { ProviderError } from '../../../../src/calls/failure.ts';
import { HttpFailure, type HttpFailureKind } from '../../../../src/upstream/http-failure.ts';
import { someAccount } from '../../../support/some-call.ts';

const account = someAccount({ name: 'Bandwidth, main' });
const secret = new Error('connect ECONNREFUSED https://user:secret@10.0.0.1/api?token=x');

/** Code of what becomes of a request that failed so. */
function codeOf(failure: unknown, kind: 'read' | 'write'): string {
  return toProviderError(failure, account, kind).code;
}

/** Without a word of an answer. */
const away: [HttpFailureKind, string][] = [
  ['unreachable', 'PROVIDER_UNAVAILABLE'],
  ['broken', 'PROVIDER_UNAVAILABLE'],
  ['unwritable', 'PROVIDER_UNAVAILABLE'],
  ['circuit-open', 'PROVIDER_UNAVAILABLE'],
  ['queue-full', 'PROVIDER_UNAVAILABLE'],
  ['timeout', 'PROVIDER_TIMEOUT'],
  ['aborted', 'PROVIDER_TIMEOUT'],
];
const kinds: [HttpFailureKind, string][] = [
  ...away,
  ['too-large', 'PROVIDER_MISBEHAVED'],
  ['unreadable', 'PROVIDER_MISBEHAVED'],
];

describe('a request without an answer', () => {
  it.each(kinds)('that was %s is %s for a read, sent or not', (kind, code) => {
    expect(codeOf(new HttpFailure(kind, true), 'read')).toBe(code);
    expect(codeOf(new HttpFailure(kind, false), 'read')).toBe(code);
  });

  it.each(kinds)('that was %s is OUTCOME_UNKNOWN for a write that may have left', (kind) => {
    expect(codeOf(new HttpFailure(kind, true), 'write')).toBe('OUTCOME_UNKNOWN');
  });

  it.each<[HttpFailureKind, string]>([...away, ['rate-limited', 'RATE_LIMITED']])(
    'that was %s is %s for a write that never left, and says that nothing was done',
    (kind, code) => {
      const failure = toProviderError(new HttpFailure(kind, false), account, 'write');
      expect(failure.code).toBe(code);
      expect(failure.message).toMatch(/^Bandwidth, main was not asked, so nothing was done: [a-z ,]+\.$/);
      expect(failure.retryAfter).toBe(kind === 'rate-limited' ? 5 : undefined);
    },
  );

  it.each(['read', 'write'] as const)(
    'tells after how long a %s may be tried again, where it knows',
    (kind) => {
      const { retryAfter } = toProviderError(
        new HttpFailure('circuit-open', false, undefined, 4),
        account,
        kind,
      );
      expect(retryAfter).toBe(4);
    },
  );

  it('that ran into a bug is as uncertain, for a write', () => {
    expect(codeOf(new TypeError('a bug'), 'read')).toBe('PROVIDER_MISBEHAVED');
    expect(codeOf(new TypeError('a bug'), 'write')).toBe('OUTCOME_UNKNOWN');
    expect(codeOf(undefined, 'write')).toBe('OUTCOME_UNKNOWN');
  });

  it.each(['read', 'write'] as const)('that is told in our words already stays so: %s', (kind) => {
    const told = new ProviderError('RATE_LIMITED', 'Too many.', { retryAfter: 3 });
    expect(toProviderError(told, account, kind)).toBe(told);
  });
});

describe('what a client reads of it', () => {
  it.each(kinds)('names the account and nothing of the network: %s', (kind) => {
    const failures = [true, false].map((sent) => new HttpFailure(kind, sent, secret));
    for (const failure of [...failures, secret]) {
      const { message, cause } = toProviderError(failure, account, 'read');
      expect(message).toMatch(/^Bandwidth, main [a-z ,:]+\.$/);
      expect(cause).toBe(failure);
    }
  });

  it('tells what to do when the outcome is unknown', () => {
    const { code, message, cause } = outcomeUnknown(account, { cause: secret });
    expect([code, cause]).toEqual(['OUTCOME_UNKNOWN', secret]);
    expect(message).toMatch(/^Bandwidth, main was asked once .* before asking again\.$/);
    expect(message).not.toContain('10.0.0.1');
  });
});
