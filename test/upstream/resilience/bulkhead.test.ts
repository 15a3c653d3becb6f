import { setMaxListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bulkhead } from '../../../src/upstream/resilience/bulkhead.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;
setMaxListeners(0, never);
const aborted = expect.objectContaining({ kind: 'aborted', sent: false });
const queueFull = expect.objectContaining({ kind: 'queue-full', sent: false });

describe('a bulkhead', () => {
  /** Names of those let in, in order. */
  function createCallers(bulkhead: Bulkhead) {
    const inside: string[] = [];
    const enter = async (name: string, signal: AbortSignal = never) => {
      await bulkhead.enter(signal);
      inside.push(name);
    };
    return { inside, enter };
  }

  it('lets in as many as it has places, then the first who waits for each who leaves', async () => {
    const bulkhead = new Bulkhead(2, 5);
    const { inside, enter } = createCallers(bulkhead);
    const all = ['a', 'b', 'c', 'd'].map((name) => enter(name));
    await vi.advanceTimersByTimeAsync(0);
    expect(inside).toEqual(['a', 'b']);
    bulkhead.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(inside).toEqual(['a', 'b', 'c']);
    bulkhead.leave();
    await Promise.all(all);
    expect(inside).toEqual(['a', 'b', 'c', 'd']);
    bulkhead.leave();
    bulkhead.leave();
    expect([bulkhead.enter(never), bulkhead.enter(never)]).toEqual([undefined, undefined]);
    expect(bulkhead.enter(never)).toBeInstanceOf(Promise);
  });

  it('turns away who comes when the queue is full', async () => {
    const bulkhead = new Bulkhead(1, 1);
    const { enter } = createCallers(bulkhead);
    void enter('a');
    void enter('b');
    await expect(enter('c')).rejects.toEqual(queueFull);
  });

  it('rejects at once whoever gives up, and frees the place', async () => {
    const bulkhead = new Bulkhead(1, 5);
    const { inside, enter } = createCallers(bulkhead);
    const gone = new AbortController();
    void enter('a');
    const b = enter('b', gone.signal);
    const c = enter('c');
    gone.abort();
    await expect(b).rejects.toEqual(aborted);
    bulkhead.leave();
    await c;
    expect(inside).toEqual(['a', 'c']);
  });

  it('does not let in who had given up before', async () => {
    const bulkhead = new Bulkhead(0, 5);
    await expect(bulkhead.enter(AbortSignal.abort())).rejects.toEqual(aborted);
  });
});
