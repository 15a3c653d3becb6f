import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullJitter } from '../../../src/upstream/resilience/retry.ts';
import { RetryBudget } from '../../../src/upstream/resilience/retry-budget.ts';
import { RollingCounter } from '../../../src/upstream/resilience/rolling-counter.ts';

describe('full jitter', () => {
  const backoff = { base: 100, longest: 1_000 };

  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [5, 1_000],
    [50, 1_000],
    [2_000, 1_000],
  ])('before repetition %i lies below %i ms', (repetition, bound) => {
    expect(fullJitter(repetition, 0, backoff)).toBe(0);
    expect(fullJitter(repetition, 0.5, backoff)).toBe(bound / 2);
    expect(fullJitter(repetition, 0.999_999, backoff)).toBeLessThan(bound);
  });
});

describe('a rolling count', () => {
  it('forgets what is older than its span, to a tenth of it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (gaps) => {
        const count = new RollingCounter(1_000);
        const times: number[] = [];
        let now = 5_000_000;
        for (const gap of gaps) {
          now += gap;
          count.add(now);
          times.push(now);
          const within = (span: number) => times.filter((time) => time > now - span).length;
          expect(count.total(now)).toBeLessThanOrEqual(within(1_000));
          expect(count.total(now)).toBeGreaterThanOrEqual(within(900));
        }
        expect(count.total(now + 1_000)).toBe(0);
        expect(count.total(now + 1e9)).toBe(0);
      }),
    );
  });
});

describe('a retry budget', () => {
  it('lets no more than a fifth of the requests be repeated, whatever happens when', () => {
    const event = fc.record({ gap: fc.integer({ min: 0, max: 40 }), wanted: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 400 }), (events) => {
        let now = 0;
        const budget = new RetryBudget(() => now, { ratio: 0.2, minRetries: 0, window: 1_000 });
        const requests: number[] = [];
        const repetitions: number[] = [];
        for (const { gap, wanted } of events) {
          now += gap;
          budget.countRequest();
          requests.push(now);
          for (let each = 0; each < wanted; each += 1) if (budget.takeRetry()) repetitions.push(now);
          const recent = (times: number[], span: number) => times.filter((time) => time > now - span).length;
          expect(recent(repetitions, 900)).toBeLessThanOrEqual(0.2 * recent(requests, 1_000));
        }
      }),
    );
  });

  it('lets a few be repeated where there are few requests', () => {
    const budget = new RetryBudget(() => 0, { minRetries: 3 });
    budget.countRequest();
    expect([1, 2, 3, 4].map(() => budget.takeRetry())).toEqual([true, true, true, false]);
  });

  it('comes back with time', () => {
    let now = 0;
    const budget = new RetryBudget(() => now, { minRetries: 1, window: 1_000 });
    expect([budget.takeRetry(), budget.takeRetry()]).toEqual([true, false]);
    now = 1_000;
    expect(budget.takeRetry()).toBe(true);
  });
});
