import { QUEUE_MS, QUEUE_SECONDS } from '../assumptions.ts';
import type { Entry } from '../call-table.ts';
import type { BandwidthCall } from './call.ts';

/** The queue of outbound calls, dialled at the account's calls per second. Source: api-docs, call queueing guide. */
export interface Queue {
  readonly isFull: boolean;
  enter(entry: Entry<BandwidthCall>, details: { priority: number; timeout: number }): void;
  /** Removes a call without dialling it. */
  leave(entry: Entry<BandwidthCall>): void;
  clear(): void;
  /** When the next call is due, in milliseconds; infinity if none waits. */
  readonly nextDue: number;
  /** Dials all calls that are due, each at its own time. */
  settle(now: number, dial: Dial): void;
}

/** A call that waits to be dialled. */
interface Waiting {
  readonly entry: Entry<BandwidthCall>;
  /** 1 (highest) to 5. */
  readonly priority: number;
  /** The earliest time at which it may be dialled, in milliseconds. */
  readonly ready: number;
  /** How long it may ring, in seconds. */
  readonly timeout: number;
}

/** Dials a call at a time in milliseconds. It rings for at most `timeout` seconds. */
export type Dial = (entry: Entry<BandwidthCall>, at: number, timeout: number) => void;

/** Creates an empty queue. Without a limit every call is dialled as soon as it is ready. */
export function createQueue(cps: number): Queue {
  const spacing = 1000 / cps;
  let waiting: Waiting[] = [];
  let free = Number.NEGATIVE_INFINITY;
  const sooner = (a: Waiting, b: Waiting) =>
    a.priority - b.priority || a.ready - b.ready || a.entry.order - b.entry.order;

  const nextDue = () =>
    Math.max(
      free,
      waiting.reduce((least, call) => Math.min(least, call.ready), Number.POSITIVE_INFINITY),
    );

  return {
    get nextDue() {
      return nextDue();
    },
    get isFull() {
      return waiting.length >= cps * QUEUE_SECONDS;
    },
    enter(entry, { priority, timeout }) {
      waiting.push({ entry, priority, ready: entry.createdAt + QUEUE_MS, timeout });
    },
    leave(entry) {
      waiting = waiting.filter((other) => other.entry !== entry);
    },
    clear() {
      waiting = [];
      free = Number.NEGATIVE_INFINITY;
    },
    settle(now, dial) {
      if (spacing === 0) {
        const due = waiting.filter((call) => call.ready <= now);
        if (due.length === 0) return;
        waiting = waiting.filter((call) => call.ready > now);
        for (const call of due) dial(call.entry, call.ready, call.timeout);
        return;
      }
      while (waiting.length > 0) {
        const at = nextDue();
        if (at > now) return;
        const next = waiting.filter((call) => call.ready <= at).reduce((a, b) => (sooner(a, b) <= 0 ? a : b));
        waiting = waiting.filter((call) => call !== next);
        free = at + spacing;
        dial(next.entry, at, next.timeout);
      }
    },
  };
}
