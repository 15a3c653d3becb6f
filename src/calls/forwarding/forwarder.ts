import { randomUUID } from 'node:crypto';
import type { StatusHook } from '../events/status-hook.ts';
import { sha256 } from '../sha256.ts';
import type { Forward, ForwardedWebhook, ForwardQueue } from './forward.ts';
import type { ForwardLog } from './forward-log.ts';
import { ForwardSlots, type Slot } from './forward-slots.ts';
import { type OutgoingRequest, toOutgoingRequest } from './outgoing-request.ts';

/** Milliseconds to wait after each attempt that has failed. After the last one, a webhook is given up. */
const defaultDelays = [1_000, 5_000, 30_000, 120_000, 600_000];
/** Milliseconds to wait for a log that fails. */
const logDelay = 1_000;
/** Milliseconds between two times that the log is told which queues are kept: a third of the lease. */
const renewInterval = 5_000;
/** Milliseconds after which a host counts as silent. */
const soon = 2_000;

export interface ForwarderOptions {
  /** Sends one request. Resolves with the status of the response; rejects when there is none. */
  readonly send: (request: OutgoingRequest) => Promise<number>;
  readonly log: ForwardLog;
  /** Called for each webhook that is not delivered: there was no room, or all attempts failed. */
  readonly onLoss: () => void;
  readonly delays?: readonly number[];
}

interface Queue extends ForwardQueue {
  /** Attempts to send its first webhook. */
  attempts: number;
  /** The id of its first webhook once that is delivered or given up, and has only to be removed. */
  done: string | undefined;
  /** Whether the log has handed it to this process again since its last turn. */
  isAgain: boolean;
}

/**
 * Sends webhooks on to the `statusUrl` of their calls, at least once, and those of one call in the order in which they came.
 * A response is final if its status is below 500, but for 408 and 429. Anything else is tried six times within 13 minutes,
 * and anew by a process that takes over from one that has died.
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  /** By the id of the hook. */
  readonly #queues = new Map<string, Queue>();
  readonly #slots = new ForwardSlots<Queue>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #renewing: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: ForwarderOptions) {
    this.#options = options;
    if (options.log.renew === undefined) return;
    this.#renewing = setInterval(() => void this.#renew(), renewInterval).unref();
  }

  /** Resolves once the webhook is kept, or lost. Never rejects. */
  async add({ accountKey, id, target }: StatusHook, webhook: ForwardedWebhook): Promise<void> {
    if (target === undefined) return;
    const queue = { accountKey, id, host: sha256(new URL(target.url).host) };
    const appended = await this.#options.log.append(queue, { ...webhook, id: randomUUID(), target });
    if (appended === 'full') this.#options.onLoss();
    else if (appended === 'ours') this.#own(queue);
  }

  /** Ends all waiting. What is shared with other processes is left to them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#renewing);
    for (const timer of this.#timers) clearTimeout(timer);
    const lost = await this.#options.log.release([...this.#queues.values()]);
    for (let i = 0; i < lost; i += 1) this.#options.onLoss();
  }

  async #renew(): Promise<void> {
    const taken = await this.#options.log.renew?.([...this.#queues.values()]).catch(() => undefined);
    for (const queue of taken ?? []) this.#own(queue);
  }

  #own(queue: ForwardQueue): void {
    const known = this.#queues.get(queue.id);
    if (known !== undefined) known.isAgain = true;
    else {
      const owned = { ...queue, attempts: 0, done: undefined, isAgain: false };
      this.#queues.set(queue.id, owned);
      this.#slots.add(owned);
      this.#sendReady();
    }
  }

  #sendReady(): void {
    if (this.#isClosed) return;
    for (let slot = this.#slots.take(); slot !== undefined; slot = this.#slots.take()) void this.#use(slot);
  }

  async #use({ queue, free }: Slot<Queue>): Promise<void> {
    let isAnswering = false;
    let delay: number | undefined;
    try {
      const first = queue.done === undefined ? await this.#options.log.first(queue) : undefined;
      if (first !== undefined) {
        const began = performance.now();
        delay = await this.#send(queue, first);
        isAnswering = delay === undefined && performance.now() - began < soon;
      }
      if (delay === undefined) await this.#goOn(queue);
    } catch {
      delay = logDelay;
    }
    free(isAnswering);
    if (delay === undefined) this.#sendReady();
    else this.#retry(queue, delay);
  }

  /** Returns how long to wait before the next attempt; undefined if there is none. */
  async #send(queue: Queue, { id, target, ...webhook }: Forward): Promise<number | undefined> {
    queue.attempts += 1;
    const request = toOutgoingRequest(target, webhook);
    const isAnswered = await this.#options.send(request).then(isFinal, () => false);
    const delay = (this.#options.delays ?? defaultDelays)[queue.attempts - 1];
    if (!isAnswered && delay !== undefined) return delay;
    if (!isAnswered) this.#options.onLoss();
    queue.done = id;
    return undefined;
  }

  /** Removes what is done with, and lets the queue wait for its next turn if there is more. */
  async #goOn(queue: Queue): Promise<void> {
    const isMore = queue.done !== undefined && (await this.#options.log.remove(queue, queue.done));
    queue.done = undefined;
    queue.attempts = 0;
    if (isMore || queue.isAgain) {
      queue.isAgain = false;
      this.#slots.add(queue);
    } else this.#queues.delete(queue.id);
  }

  #retry(queue: Queue, delay: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#slots.add(queue);
      this.#sendReady();
    }, delay).unref();
    this.#timers.add(timer);
    this.#sendReady();
  }
}

function isFinal(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429;
}
