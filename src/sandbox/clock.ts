/** What time a carrier believes it is: milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Moves the clock forward by so many milliseconds. Calls live their lives accordingly at the next look. */
  advance(milliseconds: number): void;
  /** Puts the clock at an instant, backwards too. */
  set(instant: number | string | Date): void;
}

/** The machine's own time: a carrier on it runs by itself. */
export const systemClock: Clock = { now: () => Date.now() };

/** Where a manual clock starts unless told otherwise. */
const DEFAULT_START = '2026-11-20T12:00:00.000Z';

/** A clock for tests. Only calls live by it; latency and slow answers are always real milliseconds. */
export function createManualClock(start: number | string | Date = DEFAULT_START): ManualClock {
  let now = toMilliseconds(start);
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
    set(instant) {
      now = toMilliseconds(instant);
    },
  };
}

function toMilliseconds(instant: number | string | Date): number {
  const milliseconds = new Date(instant).getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError(`not an instant: ${String(instant)}`);
  return milliseconds;
}
