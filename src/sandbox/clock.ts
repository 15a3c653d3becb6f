/** The clock of a carrier, in milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Calls `action` once when it is `at`. Returns a function that cancels it. Does not keep the process running. */
  schedule(at: number, action: () => void): () => void;
}

/** A clock that advances only when a test says so. */
export interface ManualClock extends Clock {
  /**
   * Advances the clock in one step, then applies all changes that are due, each with its own time. What they cause,
   * such as the time-out of a webhook, counts from the new time.
   */
  advance(milliseconds: number): void;
  /** Advances the clock to what is due next, and applies it. False if nothing is. */
  advanceToNext(): boolean;
  /** Sets the clock, also backwards. */
  set(instant: number | string | Date): void;
}

/** The system time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(at, action) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = Math.max(0, at - Date.now());
      timer = setTimeout(left > LONGEST_TIMER ? wait : action, Math.min(left, LONGEST_TIMER)).unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};

/** The longest delay that Node's timers have, in milliseconds. */
const LONGEST_TIMER = 0x7fff_ffff;

/** The initial time of a manual clock by default. */
const DEFAULT_START = '2026-11-20T12:00:00.000Z';

/** Creates a clock for tests. It drives calls and webhooks; latency and slow responses take real milliseconds. */
export function createManualClock(start: number | string | Date = DEFAULT_START): ManualClock {
  let now = toMilliseconds(start);
  const waiting = new Set<{ readonly at: number; readonly action: () => void }>();
  const wake = () => {
    for (;;) {
      const due = [...waiting].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      const [next] = due;
      if (next === undefined) return;
      waiting.delete(next);
      next.action();
    }
  };
  const set = (instant: number) => {
    now = instant;
    wake();
  };
  return {
    now: () => now,
    schedule(at, action) {
      const timer = { at, action };
      waiting.add(timer);
      if (at <= now) queueMicrotask(wake);
      return () => waiting.delete(timer);
    },
    advance: (milliseconds) => set(now + milliseconds),
    advanceToNext() {
      if (waiting.size === 0) return false;
      set(Math.max(now, Math.min(...[...waiting].map(({ at }) => at))));
      return true;
    },
    set: (instant) => set(toMilliseconds(instant)),
  };
}

function toMilliseconds(instant: number | string | Date): number {
  const milliseconds = new Date(instant).getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError(`not an instant: ${String(instant)}`);
  return milliseconds;
}
