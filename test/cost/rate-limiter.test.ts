import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from '../../src/cost/rate-limiter.ts';

/** A limiter of 60 points a minute, and a clock in seconds. */
function createTrial(maxCallers?: number) {
  let seconds = 0;
  const now = () => seconds * 1000;
  const limiter = new RateLimiter(60, { now, ...(maxCallers !== undefined && { maxCallers }) });
  return {
    limiter,
    pass: (more: number) => {
      seconds += more;
    },
  };
}

describe('the rate limiter', () => {
  it('lets a minute’s worth through at once, then says how long to wait', () => {
    const { limiter } = createTrial();
    expect([limiter.spend('a', 50), limiter.spend('a', 10), limiter.spend('a', 5)]).toEqual([0, 0, 5]);
  });

  it('takes nothing when there is too little', () => {
    const { limiter } = createTrial();
    limiter.spend('a', 55);
    expect([limiter.spend('a', 10), limiter.spend('a', 5)]).toEqual([5, 0]);
  });

  it('fills up steadily, to the brim and no further', () => {
    const { limiter, pass } = createTrial();
    limiter.spend('a', 60);
    pass(10);
    expect([limiter.spend('a', 11), limiter.spend('a', 10)]).toEqual([1, 0]);
    pass(3600);
    expect([limiter.spend('a', 60), limiter.spend('a', 1)]).toEqual([0, 1]);
  });

  it('is right about how long to wait', () => {
    const { limiter, pass } = createTrial();
    limiter.spend('a', 57.5);
    const wait = limiter.waitFor('a', 20);
    pass(wait - 1);
    expect(limiter.spend('a', 20)).toBe(1);
    pass(1);
    expect(limiter.spend('a', 20)).toBe(0);
  });

  it('knows callers apart', () => {
    const { limiter } = createTrial();
    limiter.spend('a', 60);
    expect([limiter.spend('a', 1), limiter.spend('b', 60)]).toEqual([1, 0]);
  });

  it('lets through what no bucket can hold when the bucket is full, and has it made up for', () => {
    const { limiter, pass } = createTrial();
    expect(limiter.spend('a', 120)).toBe(0);
    expect(limiter.waitFor('a')).toBe(61);
    pass(61);
    expect(limiter.spend('a', 120)).toBe(59);
  });

  it('settles without asking, and gives back', () => {
    const { limiter } = createTrial();
    limiter.settle('a', 70);
    expect(limiter.waitFor('a')).toBe(11);
    limiter.settle('a', -30);
    expect(limiter.waitFor('a', 20)).toBe(0);
    limiter.settle('a', -1000);
    expect([limiter.spend('a', 60), limiter.waitFor('a')]).toEqual([0, 1]);
  });

  it('remembers so many callers, and forgets the one silent longest', () => {
    const { limiter } = createTrial(2);
    for (const caller of ['a', 'b', 'a', 'c']) limiter.spend(caller, 30);
    expect(limiter.size).toBe(2);
    expect([limiter.waitFor('a'), limiter.waitFor('c', 30)]).toEqual([1, 0]);
    expect(limiter.waitFor('b', 60)).toBe(0);
  });

  it('never lets more through than one bucket and what has come since', () => {
    const points = fc.integer({ min: 0, max: 60 });
    const step = fc.record({ points, seconds: fc.double({ min: 0, max: 20, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { limiter, pass } = createTrial();
        let [time, spent] = [0, 0];
        for (const { points, seconds } of steps) {
          pass(seconds);
          time += seconds;
          if (limiter.spend('a', points) === 0) spent += points;
          expect(spent).toBeLessThanOrEqual(60 + time + 1e-6);
        }
      }),
    );
  });
});
