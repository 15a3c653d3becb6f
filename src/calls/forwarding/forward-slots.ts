import { LRUCache } from 'lru-cache';
import type { ForwardQueue } from './forward.ts';

/** Requests at a time: all, those to one host, and those to hosts that do not answer. */
export const slots = { all: 64, ofHost: 32, silent: 16, silentOfAccount: 4, ofSilentHost: 2 } as const;
/** Hosts that are remembered for having answered. */
const maxAnswering = 1_000;

/** The queues of an account that go to one host. */
interface Lane<Queue> {
  readonly key: string;
  readonly accountKey: string;
  readonly waiting: Queue[];
  active: number;
}

/**
 * Which queue is next to be sent from. Hosts take turns, and so do accounts. A host that has not answered its last request
 * soon, and every host before its first answer, gets few slots, and all of them together no more than a quarter: however
 * many targets are dead, they keep no other from being reached.
 */
export class ForwardSlots<Queue extends ForwardQueue> {
  readonly #lanes = new Map<string, Lane<Queue>>();
  readonly #answering = new LRUCache<string, true>({ max: maxAnswering });
  /** Lanes in which queues wait, of hosts that answer, and by account of those that do not; the next one comes first. */
  readonly #ready = new Set<Lane<Queue>>();
  readonly #silent = new Map<string, Set<Lane<Queue>>>();
  /** Slots in use: all, and by account those of hosts that did not answer. */
  #active = 0;
  #silentActive = new Map<string, number>();

  /** Puts a queue behind those that wait. */
  add(queue: Queue): void {
    const key = `${queue.accountKey} ${queue.host}`;
    const lane = this.#lanes.get(key) ?? { key, accountKey: queue.accountKey, waiting: [], active: 0 };
    this.#lanes.set(key, lane);
    lane.waiting.push(queue);
    this.#place(lane);
  }

  /** Takes a slot for the next queue; undefined if none may be sent from now. */
  take(): Slot<Queue> | undefined {
    if (this.#active === slots.all) return undefined;
    const lane = this.#nextAnswering() ?? this.#nextSilent();
    const queue = lane?.waiting.shift();
    if (lane === undefined || queue === undefined) return undefined;
    const wasSilent = !this.#answering.has(lane.key);
    this.#count(lane, wasSilent, 1);
    this.#place(lane);
    const free = (isAnswering: boolean) => {
      this.#count(lane, wasSilent, -1);
      if (isAnswering) this.#answering.set(lane.key, true);
      else this.#answering.delete(lane.key);
      this.#place(lane);
    };
    return { queue, free };
  }

  #nextAnswering(): Lane<Queue> | undefined {
    for (const lane of this.#ready) if (lane.active < slots.ofHost) return lane;
    return undefined;
  }

  #nextSilent(): Lane<Queue> | undefined {
    const active = [...this.#silentActive.values()].reduce((sum, each) => sum + each, 0);
    if (active >= slots.silent) return undefined;
    for (const [accountKey, lanes] of this.#silent) {
      if ((this.#silentActive.get(accountKey) ?? 0) >= slots.silentOfAccount) continue;
      for (const lane of lanes) if (lane.active < slots.ofSilentHost) return lane;
    }
    return undefined;
  }

  #count(lane: Lane<Queue>, isSilent: boolean, change: number): void {
    lane.active += change;
    this.#active += change;
    if (!isSilent) return;
    const active = (this.#silentActive.get(lane.accountKey) ?? 0) + change;
    if (active > 0) this.#silentActive.set(lane.accountKey, active);
    else this.#silentActive.delete(lane.accountKey);
  }

  /** Puts a lane behind all others, where it belongs now, and its account behind all others. */
  #place(lane: Lane<Queue>): void {
    const { accountKey } = lane;
    const silent = this.#silent.get(accountKey) ?? new Set();
    this.#ready.delete(lane);
    silent.delete(lane);
    this.#silent.delete(accountKey);
    if (lane.waiting.length > 0) (this.#answering.has(lane.key) ? this.#ready : silent).add(lane);
    else if (lane.active === 0) this.#lanes.delete(lane.key);
    if (silent.size > 0) this.#silent.set(accountKey, silent);
  }
}

export interface Slot<Queue> {
  readonly queue: Queue;
  /** @param isAnswering whether the host has answered soon */
  free(isAnswering: boolean): void;
}
