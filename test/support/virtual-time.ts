import { setTimeout as realPause, setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, vi } from 'vitest';

/** Milliseconds of virtual time for each real one at most, and turns of the event loop that they take at least. */
const step = 5;
const turns = 10;

/**
 * For the tests of one file: timers, `Date` and `performance.now` go by a clock that moves with the turns of the
 * event loop, at most five times as fast as the real one. All sides of a connection are in this process, so what
 * is sent arrives within some turns, however busy the machine is: what runs into a timeout does so by design.
 */
export function installVirtualTime(): void {
  let isOver = false;
  let moving: Promise<void> | undefined;

  const move = async (): Promise<void> => {
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    while (!isOver) {
      await realPause(1);
      for (let count = 0; count < turns; count += 1) await turn();
      now += step;
      vi.advanceTimersByTime(step);
    }
  };

  beforeAll(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
      now: Date.now(),
    });
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(abortAfter);
    moving = move();
  });
  afterAll(async () => {
    isOver = true;
    await moving;
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

/** Node's own goes by the real time. */
function abortAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), milliseconds);
  return controller.signal;
}
