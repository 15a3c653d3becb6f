import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SharedPacer, type TakeTurn } from '../../../src/upstream/resilience/shared-pacer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;

/** A pacer of 5 a second, and when its waiters had their turns, in milliseconds from the start. */
function open(takeTurn: TakeTurn, maxQueued = 100) {
  const began = Date.now();
  const pacer = new SharedPacer(5, maxQueued, () => Date.now(), takeTurn);
  const turns: number[] = [];
  const wait = (signal = never) => pacer.wait(signal).then(() => turns.push(Date.now() - began));
  return { wait, turns };
}

describe('a pacer that shares its pace', () => {
  it('waits until the turn that it was given is due, one turn at a time', async () => {
    const intervals: number[] = [];
    const { wait, turns } = open(async (interval) => {
      intervals.push(interval);
      return { delay: 300, processes: 3 };
    });
    for (let i = 0; i < 3; i += 1) void wait();
    await vi.advanceTimersByTimeAsync(500);
    expect([turns, intervals]).toEqual([[300], [220, 220]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns).toEqual([300, 600, 900]);
  });

  it('takes no turn for those who have left, and refuses those for whom there is no room', async () => {
    const { wait, turns } = open(async () => ({ delay: 100, processes: 1 }), 2);
    const leaving = new AbortController();
    const left = wait(leaving.signal).catch(({ kind }) => kind);
    void wait();
    await expect(wait()).rejects.toMatchObject({ kind: 'rate-limited' });
    leaving.abort();
    expect(await left).toBe('rate-limited');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns).toEqual([100]);
  });

  it('keeps to its share by the number last known while the others cannot be asked', async () => {
    let isAway = false;
    const { wait, turns } = open(async () => {
      if (isAway) throw new Error('away');
      return { delay: 0, processes: 3 };
    });
    await wait();
    isAway = true;
    for (let i = 0; i < 3; i += 1) void wait();
    await vi.advanceTimersByTimeAsync(3_500);
    expect(turns).toEqual([0, 1100, 2200, 3300]);
  });

  it('assumes that there are four processes until it has asked', async () => {
    const { wait, turns } = open(() => Promise.reject(new Error('away')));
    for (let i = 0; i < 3; i += 1) void wait();
    await vi.advanceTimersByTimeAsync(3_500);
    expect(turns).toEqual([1100, 2200, 3300]);
  });

  it('keeps to the limit with others, also when none can ask for a while', async () => {
    let next = 0;
    const isAway = () => Date.now() - began > 2_000 && Date.now() - began < 6_000;
    const began = Date.now();
    const takeTurn = async (interval: number) => {
      if (isAway()) throw new Error('away');
      const at = Math.max(Date.now(), next);
      next = at + interval;
      return { delay: Math.ceil(at - Date.now()), processes: 3 };
    };
    const pacers = [1, 2, 3].map(() => open(takeTurn));
    for (const { wait } of pacers) for (let i = 0; i < 30; i += 1) void wait();
    await vi.advanceTimersByTimeAsync(12_000);
    const turns = pacers.flatMap((pacer) => pacer.turns).sort((a, b) => a - b);
    expect(turns.filter((at) => at > 3_000 && at < 6_000).length).toBeGreaterThan(5);
    expect(turns.filter((at) => at > 8_000).length).toBeGreaterThan(15);
    const spans = turns.slice(5).map((at, i) => at - (turns[i] ?? 0));
    expect(Math.min(...spans)).toBeGreaterThanOrEqual(1_000);
  });
});
