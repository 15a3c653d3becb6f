import { setTimeout as realPause, setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';
import { VirtualTimers } from './virtual-timers.ts';

/** Milliseconds of virtual time for each real one at most, and turns of the event loop that they take at least. */
const step = 5;
const turns = 10;

let isInstalled = false;

/**
 * Timers, `Date` and `performance.now` go by a clock that moves with the turns of the event loop, at most five times as
 * fast as the real one. All sides of a connection are in this process, so what is sent arrives within some turns,
 * however busy the machine is: what runs into a timeout does so by design.
 *
 * The clock stays for all files that this worker runs. undici has one timer for all connections, which would never
 * fire once the clock that it was started by is gone.
 */
export function installVirtualTime(): void {
  if (isInstalled) return;
  isInstalled = true;
  let now = performance.now();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  // Steps begin at multiples of their length.
  const start = Math.ceil(Date.now() / step) * step;
  const timers = new VirtualTimers(start, step, (time) => vi.setSystemTime(time));
  const { setTimeout, setInterval, clear } = timers;
  Object.assign(globalThis, { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear });
  performance.now = () => now;
  // No moment counts as busy: otherwise a slow machine would shed load.
  Object.defineProperty(performance.nodeTiming, 'idleTime', { get: () => now });
  AbortSignal.timeout = abortAfter;
  const move = async (): Promise<never> => {
    for (;;) {
      await realPause(1, undefined, { ref: false });
      for (let count = 0; count < turns; count += 1) await turn();
      now += step;
      timers.advance();
    }
  };
  void move();
}

/** Node's own goes by the real time. */
function abortAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), milliseconds);
  return controller.signal;
}
