import { LRUCache } from 'lru-cache';
import type { ForwardQueue } from './forward.ts';

/** Requests at a time: all, those to one host, and those to silent hosts. */
export const slots = { all: 64, ofHost: 32, silent: 16, silentOfAccount: 4, ofSilentHost: 2 } as const;
/** Hosts that are remembered for having answered. */
const maxAnswering = 1_000;

/** The queues of an account that go to one host. */
interface HostQueues<Queue> {
  readonly key: string;
  readonly accountKey: string;
  readonly waiting: Queue[];
  active: number;
}

/**
 * Decides which queue is sent from next. Hosts take turns, and so do accounts. A host is silent until it has answered, and
 * after each request that it does not answer soon. A silent host gets few slots, and all of them together a quarter of
 * the slots, so that dead targets do not delay the others.
 */
export class ForwardSlots<Queue extends ForwardQueue> {
  readonly #hosts = new Map<string, HostQueues<Queue>>();
  readonly #answering = new LRUCache<string, true>({ max: maxAnswering });
  /** Hosts with waiting queues, the next one first: those that answer, and by account those that do not. */
  readonly #ready = new Set<HostQueues<Queue>>();
  readonly #silent = new Map<string, Set<HostQueues<Queue>>>();
  /** Slots in use: all, and by account those of hosts that did not answer. */
  #active = 0;
  #silentActive = new Map<string, number>();

  /** Puts a queue behind those that wait. */
  add(queue: Queue): void {
    const key = `${queue.accountKey} ${queue.host}`;
    const host = this.#hosts.get(key) ?? { key, accountKey: queue.accountKey, waiting: [], active: 0 };
    this.#hosts.set(key, host);
    host.waiting.push(queue);
    this.#place(host);
  }

  /** Takes a slot for the next queue; undefined if none may be sent from now. */
  take(): Slot<Queue> | undefined {
    if (this.#active === slots.all) return undefined;
    const host = this.#nextAnswering() ?? this.#nextSilent();
    const queue = host?.waiting.shift();
    if (host === undefined || queue === undefined) return undefined;
    const wasSilent = !this.#answering.has(host.key);
    this.#count(host, wasSilent, 1);
    this.#place(host);
    const free = (isAnswering: boolean) => {
      this.#count(host, wasSilent, -1);
      if (isAnswering) this.#answering.set(host.key, true);
      else this.#answering.delete(host.key);
      this.#place(host);
    };
    return { queue, free };
  }

  #nextAnswering(): HostQueues<Queue> | undefined {
    for (const host of this.#ready) if (host.active < slots.ofHost) return host;
    return undefined;
  }

  #nextSilent(): HostQueues<Queue> | undefined {
    const active = [...this.#silentActive.values()].reduce((sum, each) => sum + each, 0);
    if (active >= slots.silent) return undefined;
    for (const [accountKey, hosts] of this.#silent) {
      if ((this.#silentActive.get(accountKey) ?? 0) >= slots.silentOfAccount) continue;
      for (const host of hosts) if (host.active < slots.ofSilentHost) return host;
    }
    return undefined;
  }

  #count(host: HostQueues<Queue>, isSilent: boolean, change: number): void {
    host.active += change;
    this.#active += change;
    if (!isSilent) return;
    const active = (this.#silentActive.get(host.accountKey) ?? 0) + change;
    if (active > 0) this.#silentActive.set(host.accountKey, active);
    else this.#silentActive.delete(host.accountKey);
  }

  /** Puts a host behind all others of its kind, answering or silent, and its account behind all others. */
  #place(host: HostQueues<Queue>): void {
    const { accountKey } = host;
    const silent = this.#silent.get(accountKey) ?? new Set();
    this.#ready.delete(host);
    silent.delete(host);
    this.#silent.delete(accountKey);
    if (host.waiting.length > 0) (this.#answering.has(host.key) ? this.#ready : silent).add(host);
    else if (host.active === 0) this.#hosts.delete(host.key);
    if (silent.size > 0) this.#silent.set(accountKey, silent);
  }
}

export interface Slot<Queue> {
  readonly queue: Queue;
  /** @param isAnswering whether the host has answered soon */
  free(isAnswering: boolean): void;
}
