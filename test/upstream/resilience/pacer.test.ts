import { getEventListeners, setMaxListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancellation } from '../../../src/runtime/cancellation.ts';
import { sleep } from '../../../src/runtime/sleep.ts';
import { Pacer } from '../../../src/upstream/resilience/pacer.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;
setMaxListeners(0, never);
const rateLimited = expect.objectContaining({ kind: 'rate-limited', sent: false });

describe('a pace', () => {
  const now = () => performance.now();

  /** When each of those who take their turns leaves, in milliseconds from the first. */
  function departures(pacer: Pacer) {
    const times: [string, number][] = [];
    const began = now();
    const take = async (name: string, signal: AbortSignal = never) => {
      await pacer.wait(signal);
      times.push([name, Math.round(now() - began)]);
    };
    return { times, take };
  }

  it('lets leave evenly, first come, first served', async () => {
    const { times, take } = departures(new Pacer(5, 10, now));
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => take(name));
    await vi.advanceTimersByTimeAsync(1_000);
    await Promise.all(all);
    expect(times).toEqual([
      ['a', 0],
      ['b', 200],
      ['c', 400],
      ['d', 600],
      ['e', 800],
      ['f', 1_000],
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps to the rate over any second, however they come', async () => {
    const { times, take } = departures(new Pacer(7, 1_000, now));
    for (let each = 0; each < 100; each += 1) {
      void take(String(each));
      await vi.advanceTimersByTimeAsync((each * 7919) % 250);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(times.map(([name]) => name)).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
    const most = Math.max(
      ...times.map(([, from]) => times.filter(([, time]) => time >= from && time < from + 999).length),
    );
    expect(most).toBeLessThanOrEqual(7);
  });

  it('lets several leave at a time where a timer is too coarse for one each', async () => {
    const { times, take } = departures(new Pacer(5_000, 6_000, now));
    for (let each = 0; each < 5_000; each += 1) void take(String(each));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(times.map(([name]) => name)).toEqual(Array.from({ length: times.length }, (_, i) => String(i)));
    expect(times.length).toBeGreaterThan(4_900);
    const within = (from: number) => times.filter(([, time]) => time >= from && time < from + 10).length;
    expect(Math.max(...[0, 200, 500, 900].map(within))).toBeLessThanOrEqual(60);
  });

  it('does not save up turns that nobody took', async () => {
    const { times, take } = departures(new Pacer(10, 10, now));
    await take('a');
    await vi.advanceTimersByTimeAsync(5_000);
    const rest = ['b', 'c'].map((name) => take(name));
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(rest);
    expect(times.map(([, time]) => time)).toEqual([0, 5_000, 5_100]);
  });

  it('gives the turn of who gave up to the next, and leaves no timer', async () => {
    const { times, take } = departures(new Pacer(1, 10, now));
    const gone = new AbortController();
    await take('a');
    const b = take('b', gone.signal);
    const c = take('c');
    await vi.advanceTimersByTimeAsync(900);
    gone.abort();
    await expect(b).rejects.toEqual(rateLimited);
    await vi.advanceTimersByTimeAsync(100);
    await c;
    expect(times.at(-1)).toEqual(['c', 1_000]);
    const again = new AbortController();
    const d = take('d', again.signal);
    again.abort();
    await expect(d).rejects.toEqual(rateLimited);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets nobody go before those who wait, even if the timer is late', async () => {
    let time = 0;
    const pacer = new Pacer(10, 10, () => time);
    expect(pacer.wait(never)).toBeUndefined();
    const waiting = pacer.wait(never);
    time = 500;
    const late = pacer.wait(never);
    expect(late).toBeInstanceOf(Promise);
    await vi.advanceTimersByTimeAsync(100);
    await waiting;
    time = 600;
    await vi.advanceTimersByTimeAsync(100);
    expect(await late).toBeUndefined();
  });

  it('leaves nothing on the signal of who waited', async () => {
    const pacer = new Pacer(10, 10, now);
    const { signal } = new AbortController();
    const turns = [1, 2, 3].map(() => pacer.wait(signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all(turns);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('turns away who comes when the queue is full', async () => {
    const pacer = new Pacer(1, 2, now);
    const { take } = departures(pacer);
    void take('a');
    void take('b');
    void take('c');
    await expect(take('d')).rejects.toEqual(rateLimited);
  });
});

describe('sleep', () => {
  it('ends in time, or at once when given up; both without a timer left', async () => {
    const cancellation = new Cancellation();
    const [short, long] = [sleep(10, cancellation), sleep(1_000, cancellation)];
    await vi.advanceTimersByTimeAsync(10);
    expect(await short).toBe(true);
    cancellation.abort('gone');
    cancellation.abort('again');
    expect(await long).toBe(false);
    expect(await sleep(1_000, cancellation)).toBe(false);
    expect(cancellation.reason).toBe('gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});
