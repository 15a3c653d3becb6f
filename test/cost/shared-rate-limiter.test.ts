import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SharedRateLimiter } from '../../src/cost/shared-rate-limiter.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type SpendPoints = ConstructorParameters<typeof SharedRateLimiter>[1];

const nobody: SpendPoints = () => Promise.reject(new Error('away'));

/** A limiter of 60 points a minute. `isAsked` is how often the others have been asked. */
function open(spendPoints: SpendPoints) {
  const asked = vi.fn(spendPoints);
  const limiter = new SharedRateLimiter(60, (...given) => asked(...given), { now: () => Date.now() });
  return { limiter, asked };
}

describe('a rate limiter that shares its buckets', () => {
  it('holds points for a caller that it serves often, and asks nobody while they last', async () => {
    const { limiter, asked } = open(async (_, { wanted }) => ({ isSpent: true, held: wanted, left: 30 }));
    for (let i = 0; i < 30; i += 1) await limiter.spend('a', 1);
    // A twentieth of what was spent: from the twentieth point on there is one to hold.
    expect(asked.mock.calls.length).toBeLessThan(30);
    expect(asked.mock.calls.at(-1)?.[1].wanted).toBeGreaterThan(1);
    expect(limiter.spend('b', 1)).toBeInstanceOf(Promise);
  });

  it('drops what it holds for a caller who has left', async () => {
    const { limiter, asked } = open(async (_, { wanted }) => ({ isSpent: true, held: wanted, left: 30 }));
    await limiter.spend('a', 58);
    await limiter.spend('a', 1);
    expect(limiter.spend('a', 2)).toBe(0);
    await limiter.spend('a', 20);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    await limiter.spend('a', 1);
    expect(asked.mock.calls.at(-1)?.[1].held).toBeLessThanOrEqual(1);
  });

  it('tells what an operation cost besides with the next question, but at once if it is much', async () => {
    const { limiter, asked } = open(async () => ({ isSpent: true, held: 0, left: 30 }));
    await limiter.spend('a', 3);
    limiter.settle('a', -1);
    expect(asked).toHaveBeenCalledTimes(1);
    await limiter.spend('a', 3);
    expect(asked.mock.calls.at(-1)?.[1]).toMatchObject({ held: 1, points: 3 });
    limiter.settle('a', 20);
    expect(asked.mock.calls.at(-1)?.[1]).toMatchObject({ held: -20, points: 0 });
  });

  it('remembers a refusal for a second, so that those who are refused are not parsed', async () => {
    const { limiter } = open(async () => ({ isSpent: false, held: 0, left: -4 }));
    expect(await limiter.spend('a', 1)).toBe(5);
    expect(limiter.waitFor('a')).toBe(5);
    await vi.advanceTimersByTimeAsync(1_000);
    // Another process may have given something back.
    expect(limiter.waitFor('a')).toBe(0);
  });

  it('counts for itself from what it last knew while the others are away, and nobody waits', async () => {
    let others: SpendPoints = async () => ({ isSpent: true, held: 0, left: 10 });
    const { limiter, asked } = open((...given) => others(...given));
    await limiter.spend('a', 50);
    others = nobody;
    expect(await limiter.spend('a', 4)).toBe(0);
    expect([limiter.spend('a', 6), limiter.spend('a', 1), limiter.waitFor('a')]).toEqual([0, 1, 1]);
    expect(limiter.spend('b', 60)).toBe(0);
    limiter.settle('b', -30);
    expect(limiter.spend('b', 30)).toBe(0);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('asks again after a second without anybody waiting for it, and counts with the others then', async () => {
    let others = nobody;
    const { limiter, asked } = open((...given) => others(...given));
    await limiter.spend('a', 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([limiter.spend('a', 1), limiter.spend('a', 1)]).toEqual([0, 0]);
    expect(asked).toHaveBeenCalledTimes(2);
    others = async () => ({ isSpent: true, held: 0, left: 7 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(limiter.spend('a', 1)).toBe(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(limiter.spend('a', 1)).toBeInstanceOf(Promise);
  });

  it('waits a second for an answer, and for none after that', async () => {
    const { limiter } = open(() => new Promise(() => undefined));
    const first = limiter.spend('a', 1);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(await first).toBe(0);
    expect(limiter.spend('a', 1)).toBe(0);
  });
});
