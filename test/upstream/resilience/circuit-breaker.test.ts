import { describe, expect, it } from 'vitest';
import type { HttpFailure } from '../../../src/upstream/http-failure.ts';
import {
  CircuitBreaker,
  type CircuitBreakerOptions,
} from '../../../src/upstream/resilience/circuit-breaker.ts';
import { toVerdict, type Verdict } from '../../../src/upstream/resilience/verdict.ts';
import { answered, lost } from './scripted.ts';

/** A breaker with a clock of its own, and attempts that end at once. */
function breakerWith(options: Partial<CircuitBreakerOptions> = {}) {
  const clock = { now: 1_000 };
  const breaker = new CircuitBreaker(() => clock.now, { failures: 3, coolDown: 500, ...options });
  const attempt = (verdict: Verdict) => breaker.leave(breaker.enter(), verdict);
  const attempts = (text: string) => {
    for (const letter of text) attempt(letter === '+' ? 'success' : letter === '-' ? 'failure' : 'neutral');
  };
  return { breaker, clock, attempt, attempts };
}

describe('a breaker', () => {
  it.each([
    ['after faults in a row', '---', true],
    ['not after fewer', '--', false],
    ['not where a good answer lies between', '--+--', false],
    ['after a row, however it began', '++---', true],
    ['not for a row among many good answers', '++++++++++---', false],
    ['whatever clients that left lie between', '-?-??-', true],
  ])('opens %s', (_, history, isOpen) => {
    const { breaker, attempts } = breakerWith();
    attempts(history);
    expect(breaker.isOpen).toBe(isOpen);
  });

  it('opens for faults far apart', () => {
    const { breaker, clock, attempt } = breakerWith();
    for (let each = 0; each < 3; each += 1) {
      clock.now += 60_000;
      attempt('failure');
    }
    expect(breaker.isOpen).toBe(true);
  });

  it('refuses while it is open', () => {
    const { breaker, attempts } = breakerWith();
    attempts('---');
    expect(() => breaker.enter()).toThrow(expect.objectContaining({ kind: 'circuit-open', sent: false }));
  });

  it('tells in how many seconds it may be tried again, rounded up', () => {
    const { breaker, clock, attempts } = breakerWith({ coolDown: 5_000 });
    attempts('---');
    const refusal = () => {
      try {
        return breaker.enter();
      } catch (failure) {
        return (failure as HttpFailure).retryAfter;
      }
    };
    expect(refusal()).toBe(5);
    clock.now += 4_001;
    expect(refusal()).toBe(1);
    clock.now += 999;
    breaker.enter();
    expect(refusal(), 'while one request tries').toBe(1);
  });

  it('lets one request try after the cool-down, and the others only if that one went well', () => {
    const { breaker, clock, attempts } = breakerWith();
    attempts('---');
    clock.now += 499;
    expect(breaker.isOpen).toBe(true);
    clock.now += 1;
    const probe = breaker.enter();
    clock.now += 10_000;
    expect(() => breaker.enter()).toThrow('circuit-open');
    breaker.leave(probe, 'success');
    attempts('+-+--');
    expect(breaker.isOpen).toBe(false);
  });

  it('stays open when that one failed', () => {
    const { breaker, clock, attempt, attempts } = breakerWith();
    attempts('---');
    clock.now += 500;
    attempt('failure');
    expect(breaker.isOpen).toBe(true);
    clock.now += 499;
    expect(breaker.isOpen).toBe(true);
    clock.now += 1;
    attempt('success');
    expect(breaker.isOpen).toBe(false);
  });

  it('lets the next one try when the client of that one left', () => {
    const { breaker, clock, attempt } = breakerWith({ failures: 1 });
    attempt('failure');
    clock.now += 500;
    attempt('neutral');
    expect(breaker.isOpen).toBe(false);
    attempt('failure');
    expect(breaker.isOpen).toBe(true);
  });

  it('takes no notice of what began before it opened or closed', () => {
    const { breaker, clock, attempt } = breakerWith({ failures: 1 });
    const [good, bad] = [breaker.enter(), breaker.enter()];
    attempt('failure');
    breaker.leave(good, 'success');
    expect(breaker.isOpen).toBe(true);
    clock.now += 500;
    attempt('success');
    breaker.leave(bad, 'failure');
    expect(breaker.isOpen).toBe(false);
  });
});

describe('a provider', () => {
  it.each([
    [answered(200), 'success'],
    [answered(404), 'success'],
    [answered(429), 'success'],
    [answered(500), 'failure'],
    [answered(503), 'failure'],
    [lost('unreachable', false), 'failure'],
    [lost('broken'), 'failure'],
    [lost('timeout'), 'failure'],
    [lost('too-large'), 'success'],
    [lost('unreadable'), 'success'],
    [lost('aborted'), 'neutral'],
    [lost('aborted', false), 'neutral'],
    [lost('unwritable', false), 'neutral'],
  ] as const)('that gives %o is %s', (outcome, verdict) => {
    expect(toVerdict(outcome, 100, 1_000)).toBe(verdict);
  });

  it('is at fault when a client left after a long wait for an answer, but not for a connection', () => {
    expect(toVerdict(lost('aborted'), 1_000, 1_000)).toBe('failure');
    expect(toVerdict(lost('aborted', false), 1_000, 1_000)).toBe('neutral');
  });

  it('is not at fault for a 500 to a request that may ask for what there cannot be', () => {
    expect(toVerdict(answered(500), 100, 1_000, { isDoubtful: true })).toBe('neutral');
    expect(toVerdict(answered(503), 100, 1_000, { isDoubtful: true })).toBe('failure');
    expect(toVerdict(answered(200), 100, 1_000, { isDoubtful: true })).toBe('success');
  });
});
