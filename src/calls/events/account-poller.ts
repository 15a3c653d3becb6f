import { Cancellation } from '../../runtime/cancellation.ts';
import { sleep } from '../../runtime/sleep.ts';
import type { Call } from '../call.ts';
import type { Operation } from '../operation.ts';
import type { AccountPollerOptions } from './account-poller-options.ts';
import { ListPoll } from './list-poll.ts';
import { type LiveCall, LiveCalls } from './live-calls.ts';
import type { Observation } from './observation.ts';
import { PollPace, pollIntervals } from './poll-pace.ts';
import { isEnded, isUnanswered } from './status-rank.ts';

/** Milliseconds between a change made here and the second read of the call: what a provider takes to carry it out. */
const readDelay = 500;
/** Milliseconds for which a lease outlasts the next poll. */
const leaseMargin = 5_000;
/** Live calls that are read by id in one poll, those first that were read longest ago; and at the same time. */
export const readsPerPoll = 20;
const readsAtOnce = 5;

/**
 * Polls one account for all subscribers together, while there are any: the newest calls of its list, and the live calls
 * that are not among them by id, each within `maxLive / readsPerPoll` polls: 50.
 */
export class AccountPoller {
  readonly #options: Required<Omit<AccountPollerOptions, 'lease'>> & Pick<AccountPollerOptions, 'lease'>;
  readonly #list: ListPoll;
  readonly #live = new LiveCalls();
  readonly #pace: PollPace;
  #subscribers = 0;
  #running: AbortController | undefined;
  #listedAt = Number.NEGATIVE_INFINITY;
  #polledAt = Number.NEGATIVE_INFINITY;

  constructor(options: AccountPollerOptions) {
    this.#options = { pause: sleep, now: () => performance.now(), random: Math.random, ...options };
    this.#list = new ListPoll(options, this.#live);
    this.#pace = new PollPace(this.#options);
  }

  get isActive(): boolean {
    return this.#running !== undefined;
  }

  /** Counts a subscriber, for whom the account is polled. The first one starts it, with the calls that are known. */
  retain(): void {
    this.#subscribers += 1;
    if (this.#running !== undefined) return;
    this.#running = new AbortController();
    const { adapter, events } = this.#options;
    for (const call of events.knownCalls(adapter.account.key)) this.#live.note(call);
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
    if (this.#isBusy()) this.#pace.hurry();
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
    this.#pace.set('moving');
    this.#listedAt = Number.NEGATIVE_INFINITY;
    this.#list.reset();
    do {
      // An account that cannot be read is tried less and less often, whatever is live, until it answers. Its health is in
      // the log.
      const hasMoved = await this.#poll(signal).catch(() => undefined);
      if (hasMoved === undefined) this.#pace.set('failing');
      else this.#pace.set(hasMoved || this.#isBusy() ? 'moving' : 'still', this.#untilList());
    } while (await this.#pace.wait(signal));
    await lease?.release().catch(() => undefined);
  }

  /** Milliseconds until the list is read again; undefined if each poll reads it. */
  #untilList(): number | undefined {
    const { hasWebhooks, now } = this.#options;
    return hasWebhooks ? this.#listedAt + pollIntervals.idle - now() : undefined;
  }

  /** Whether anything has moved. */
  async #poll(signal: AbortSignal): Promise<boolean> {
    const { lease, hasWebhooks, now } = this.#options;
    const isOurs = (await lease?.take(this.#pace.longest + leaseMargin)) ?? true;
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
    if (call !== null) await this.#options.events.observe({ call, source });
    return call;
  }

  #isBusy(): boolean {
    return this.#live.has(({ status }) => !this.#options.hasWebhooks || isUnanswered(status));
  }
}

/** It has no deadline: a request that is given up since nobody subscribes any longer says nothing of its account. */
function toOperation(signal: AbortSignal): Operation {
  return { signal, deadline: new Cancellation(), requests: 0, milliseconds: 0 };
}
