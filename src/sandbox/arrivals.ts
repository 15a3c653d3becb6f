import type { CallTable } from './call-table.ts';
import type { Clock } from './clock.ts';
import { BUSINESS, drawPeople, drawTalk } from './people.ts';
import type { Random } from './random.ts';

/** Inbound calls that arrive by themselves, so that something moves. */
export interface Arrivals {
  /** When the next call arrives, in milliseconds since the epoch; infinity if none does. */
  readonly nextDue: number;
  /** Lets the calls arrive that are due, and forgets the oldest calls if there are too many. */
  settle(now: number): void;
}

/** A call that arrives: who calls whom, and for how long the caller stays after the answer. */
export interface Arrival {
  readonly from: string;
  readonly to: string;
  readonly callerName: string;
  /** In milliseconds. */
  readonly talks: number;
}

/** How long a call rings that the sandbox answers itself, in milliseconds. */
export const PICK_UP_MS = 3_000;
/** Calls in progress beyond which none arrive. */
const LIVE_LIMIT = 40;
/** Calls beyond which the oldest are forgotten, in batches, so that lists rarely lose rows while they are read. */
const KEPT_LIMIT = 12_000;
const KEPT_AFTER = 10_000;
/** A clock that has jumped further than this, in milliseconds, has missed the calls in between. */
const MISSED_AFTER = 600_000;

/** Creates the arrivals of one carrier, so many a minute on average, at random distances. */
export function createArrivals<C>({
  perMinute,
  clock,
  random,
  table,
  idOf,
  arrive,
}: {
  readonly perMinute: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly table: CallTable<C>;
  readonly idOf: (call: C) => string;
  readonly arrive: (arrival: Arrival, at: number) => void;
}): Arrivals {
  if (perMinute === 0) return { nextDue: Number.POSITIVE_INFINITY, settle() {} };
  const people = drawPeople(random, 200);
  const draw = () => Math.ceil((-Math.log(1 - random.next()) * 60_000) / perMinute);
  let next = clock.now() + draw();

  const forget = () => {
    const all = table.inOrder();
    if (all.length <= KEPT_LIMIT) return;
    const over = all.filter((entry) => entry.plan.length === 0).slice(0, all.length - KEPT_AFTER);
    for (const { call } of over) table.remove(idOf(call));
  };

  return {
    get nextDue() {
      return next;
    },
    settle(now) {
      if (now < next) return;
      if (now - next > MISSED_AFTER) next = now;
      while (next <= now) {
        const { name, number } = random.pick(people);
        const arrival = {
          from: number,
          to: random.pick(BUSINESS),
          callerName: name,
          talks: drawTalk(random),
        };
        if (table.live().size < LIVE_LIMIT) arrive(arrival, next);
        next += draw();
      }
      forget();
    },
  };
}
