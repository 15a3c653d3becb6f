/** The clock of a carrier, in milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** A clock that advances only when a test says so. */
export interface ManualClock extends Clock {
  /** Advances the clock. Calls change accordingly at the next request. */
  advance(milliseconds: number): void;
  /** Sets the clock, also backwards. */
  set(instant: number | string | Date): void;
}

/** The system time. */
export const systemClock: Clock = { now: () => Date.now() };

/** The initial time of a manual clock by default. */
const DEFAULT_START = '2026-11-20T12:00:00.000Z';

/** Creates a clock for tests. It drives calls only; latency and slow responses always take real milliseconds. */
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
