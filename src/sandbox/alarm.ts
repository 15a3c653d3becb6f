import type { Clock } from './clock.ts';

/** Applies the scheduled changes of a carrier when they are due. */
export interface Alarm {
  /** To be called whenever something has been scheduled. */
  set(): void;
  close(): void;
}

/** Creates an alarm. `nextDue` may return a time before the next change, never one after it. */
export function createAlarm(clock: Clock, nextDue: () => number, settle: () => void): Alarm {
  let due = Number.POSITIVE_INFINITY;
  let closed = false;
  let cancel = () => {};
  const set = () => {
    const next = closed ? Number.POSITIVE_INFINITY : nextDue();
    if (next === due) return;
    cancel();
    due = next;
    if (next === Number.POSITIVE_INFINITY) return;
    cancel = clock.schedule(next, () => {
      due = Number.POSITIVE_INFINITY;
      settle();
      set();
    });
  };
  return {
    set,
    close() {
      closed = true;
      set();
    },
  };
}
