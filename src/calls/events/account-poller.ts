import { Cancellation } from '../../runtime/cancellation.ts';
import { sleep } from '../../runtime/sleep.ts';
import type { Call } from '../call.ts';
import type { Operation } from '../operation.ts';
import type { AccountPollerOptions } from './account-poller-options.ts';
import type { Observation } from './call-events.ts';
import { ListPoll } from './list-poll.ts';
import { type LiveCall, LiveCalls } from './live-calls.ts';
import { isEnded, isUnanswered } from './status-rank.ts';

/** Milliseconds between two polls: while calls are live, and at most while nothing moves. */
const pollIntervals = { live: 2_000, idle: 15_000 } as const;
/** Milliseconds between a change made here and the second read of the call: what a provider takes to carry it out. */
const readDelay = 500;
/** Milliseconds for which a lease outlasts the next poll. */
const leaseMargin = 5_000;
/** Live calls that are read by id in one poll, those first that were read longest ago; and at the same time. */
export const readsPerPoll = 20;
const readsAtOnce = 5;
/** The share of an interval that is cut off at random while an account fails, so that processes do not ask together. */
const jitter = 0.25;

/**
 * Polls one account for all subscribers together, while there are any: the newest calls of its list, and the live calls
 * that are not among them by id, each within `maxLive / readsPerPoll` polls: 50.
 */
export class AccountPoller {
  readonly #options: Required<Omit<AccountPollerOptions, 'lease'>> & Pick<AccountPollerOptions, 'lease'>;
  readonly #list: ListPoll;
  readonly #live = new LiveCalls();
  #subscribers = 0;
  #running: AbortController | undefined;
  #sleeping: AbortController | undefined;
  #interval: number = pollIntervals.live;
  #isFailing = false;
  #listedAt = Number.NEGATIVE_INFINITY;
  #polledAt = Number.NEGATIVE_INFINITY;

  constructor(options: AccountPollerOptions) {
    this.#options = { pause: sleep, now: () => performance.now(), random: Math.random, ...options };
    this.#list = new ListPoll(options, this.#live);
  }

  get isActive(): boolean {
    return this.#running !== undefined;
  }

  /** Counts a subscriber, for whom the account is polled. */
  retain(): void {
    this.#subscribers += 1;
    if (this.#running !== undefined) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  release(): void {
    this.#subscribers -= 1;
    if (this.#subscribers === 0) this.stop();
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#live.clear();
  }

  /** Follows a call of which an event tells. */
  note(call: LiveCall): void {
    this.#live.note(call);
    if (this.#isBusy() && !this.#isFailing) this.#sleepNoLonger();
  }

  /** Reads a call that was ended here at once, and again if its end does not show yet, if anybody subscribes. */
  async readSoon(providerCallId: string): Promise<void> {
    const signal = this.#running?.signal;
    if (signal === undefined) return;
    const read = () => this.#read(providerCallId, toOperation(signal), 'COMMAND').catch(() => undefined);
    const call = await read();
    if (call != null && isEnded(call.status)) return;
    if (await this.#options.pause(readDelay, signal)) await read();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { lease, now, pause } = this.#options;
    // The only subscriber that comes back at once, again and again, is no reason to poll more often.
    const early = this.#polledAt + pollIntervals.live - now();
    if (early > 0 && !(await pause(early, signal))) return;
    this.#interval = pollIntervals.live;
    this.#listedAt = Number.NEGATIVE_INFINITY;
    this.#list.reset();
    do {
      // An account that cannot be read is tried less and less often, whatever is live, until it answers. Its health is in
      // the log.
      const hasMoved = await this.#poll(signal).catch(() => undefined);
      this.#isFailing = hasMoved === undefined;
      const isFast = hasMoved === true || (hasMoved === false && this.#isBusy());
      this.#interval = isFast ? pollIntervals.live : this.#longerInterval();
    } while (await this.#pause(signal));
    await lease?.release().catch(() => undefined);
  }

  /** Twice the one before, but no longer than until the list is read again. */
  #longerInterval(): number {
    const { hasWebhooks, now } = this.#options;
    const untilList =
      hasWebhooks && !this.#isFailing ? this.#listedAt + pollIntervals.idle - now() : pollIntervals.idle;
    return Math.max(pollIntervals.live, Math.min(2 * this.#interval, pollIntervals.idle, untilList));
  }

  /** Whether anything has moved. */
  async #poll(signal: AbortSignal): Promise<boolean> {
    const { lease, hasWebhooks, now } = this.#options;
    const isOurs =
      (await lease?.take(Math.min(2 * this.#interval, pollIntervals.idle) + leaseMargin)) ?? true;
    // Tried again as soon as the next poll of the other process is due.
    if (!isOurs) return true;
    this.#polledAt = now();
    const operation = toOperation(signal);
    const isListDue = !hasWebhooks || now() - this.#listedAt >= pollIntervals.idle;
    if (isListDue) this.#listedAt = now();
    const listed = isListDue ? await this.#list.poll(operation) : undefined;
    const ids = this.#live.idsBut(listed?.ids, !isListDue).slice(0, readsPerPoll);
    for (let first = 0; first < ids.length && !signal.aborted; first += readsAtOnce) {
      const batch = ids.slice(first, first + readsAtOnce);
      const results = await Promise.allSettled(batch.map((id) => this.#read(id, operation, 'POLL')));
      const [failed] = results;
      // One call that cannot be read says nothing of the account.
      if (failed?.status !== 'rejected' || results.some(({ status }) => status === 'fulfilled')) continue;
      if (listed === undefined) throw failed.reason;
      break;
    }
    return listed?.hasMoved ?? false;
  }

  async #read(id: string, operation: Operation, source: Observation['source']): Promise<Call | null> {
    this.#live.rotate(id);
    const call = await this.#options.adapter.get(id, operation);
    if (call === null || isEnded(call.status)) this.#live.delete(id);
    if (call !== null) await this.#options.observe({ call, source });
    return call;
  }

  #isBusy(): boolean {
    return this.#live.has(({ status }) => !this.#options.hasWebhooks || isUnanswered(status));
  }

  /** False once nobody subscribes. */
  async #pause(signal: AbortSignal): Promise<boolean> {
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    const { pause } = this.#options;
    const end = () => sleeping.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    // Each poll is at least the shorter interval after the one before, however soon something moves.
    await pause(pollIntervals.live, signal);
    const more = this.#interval - pollIntervals.live - (this.#isFailing ? this.#jitter() : 0);
    if (more > 0) await pause(more, sleeping.signal);
    signal.removeEventListener('abort', end);
    return !signal.aborted;
  }

  #jitter(): number {
    return this.#options.random() * jitter * this.#interval;
  }

  #sleepNoLonger(): void {
    this.#sleeping?.abort();
  }
}

/** It has no deadline: a request that is given up since nobody subscribes any longer says nothing of its account. */
function toOperation(signal: AbortSignal): Operation {
  return { signal, deadline: new Cancellation(), requests: 0, milliseconds: 0 };
}
