import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpFailure, type HttpFailureKind } from '../../../src/upstream/http-failure.ts';
import type { Outcome } from '../../../src/upstream/outcome.ts';
import { mayRetry, retryDelay } from '../../../src/upstream/resilience/retry.ts';
import { answered, lost } from './scripted.ts';

const kinds: HttpFailureKind[] = [
  'unreachable',
  'unwritable',
  'broken',
  'timeout',
  'aborted',
  'too-large',
  'unreadable',
  'circuit-open',
  'queue-full',
  'rate-limited',
];
const statuses = Array.from({ length: 500 }, (_, i) => 100 + i);

const name = (outcome: Outcome) =>
  outcome instanceof HttpFailure ? `${outcome.kind}${outcome.sent ? '' : ' unsent'}` : outcome.status;
const all: Outcome[] = [
  ...statuses.map((status) => answered(status, { 'retry-after': '1' })),
  ...kinds.flatMap((kind) => [lost(kind, true), lost(kind, false)]),
];

describe('what may be repeated', () => {
  it('is, of reads, what the next attempt may mend', () => {
    expect(all.filter((outcome) => mayRetry('GET', outcome)).map(name)).toEqual([
      429,
      502,
      503,
      504,
      'unreachable',
      'unreachable unsent',
      'broken',
      'broken unsent',
      'timeout',
      'timeout unsent',
    ]);
  });

  it.each(['POST', 'PUT'] as const)('is, of a %s, only what never left', (method) => {
    expect(all.filter((outcome) => mayRetry(method, outcome)).map(name)).toEqual([
      'unreachable unsent',
      'broken unsent',
      'timeout unsent',
    ]);
  });
});

describe('the wait before a repetition', () => {
  const date = Date.parse('2026-11-21T06:20:00Z');
  const backoff = { base: 100, longest: 1_000 };
  const wait = (headers: Record<string, string>, random = 0.5) =>
    retryDelay(2, answered(503, headers), { backoff, random, date });

  it.each([
    ['nothing', {}, 100],
    ['seconds', { 'retry-after': '3' }, 3_100],
    ['a date', { 'retry-after': 'Sat, 21 Nov 2026 06:20:07 GMT' }, 7_100],
    ['a date gone by', { 'retry-after': 'Sat, 21 Nov 2026 06:19:00 GMT' }, 100],
    ['nonsense', { 'retry-after': 'soon' }, 100],
  ])('follows a Retry-After that says %s', (_, headers, milliseconds) => {
    expect(wait(headers)).toBe(milliseconds);
  });

  it('is backoff alone without an answer', () => {
    expect(retryDelay(1, lost('broken'), { backoff, random: 0.5, date })).toBe(50);
  });

  it('is never below Retry-After, and above it by jitter only', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (seconds, random) => {
        const milliseconds = wait({ 'retry-after': String(seconds) }, random) - seconds * 1_000;
        expect(milliseconds).toBeGreaterThanOrEqual(0);
        expect(milliseconds).toBeLessThan(200);
      }),
    );
  });
});
