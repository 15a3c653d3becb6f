import { randomUUID } from 'node:crypto';
import { sleep } from '../../runtime/sleep.ts';
import type { Store } from '../../store/store.ts';
import { StoreFull } from '../../store/store-failure.ts';
import type { Call } from '../call.ts';
import { Failure, Refusal } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { roomToLeave } from '../room-to-leave.ts';
import { type Attempt, AttemptBook, digestOf, slotOf } from './attempt-book.ts';
import { OpenAttempts } from './open-attempts.ts';
import { Reconciliation } from './reconciliation.ts';
import { type Ordered, Sender, saysNothingPlaced } from './sender.ts';

const pollEvery = 50;
const field = ['input', 'idempotencyKey'];

export interface IdempotencyOptions {
  /** How long an attempt may be under way, in milliseconds: behind it, its process must have died. */
  readonly lease?: number;
  /** How long to wait before each look for a call whose placing was not answered, in milliseconds. */
  readonly looks?: readonly number[];
  readonly now?: () => number;
  /** Told why a key could not be kept, each time that a call was refused for it. */
  readonly onUnkept?: (cause: unknown) => void;
}

export interface KeyedCall extends Ordered {
  readonly callerId: string;
  readonly key: string;
}

export interface Placed {
  readonly call: Call;
  readonly replayed: boolean;
}

/**
 * Lets a key stand for one attempt at placing a call, kept 24 hours per account and caller. It is written
 * before anything is sent, taken back only when it is certain that no call was placed, and answered from
 * ever after. An attempt without an answer is never made again: its call is looked for instead.
 */
export class Idempotency {
  readonly #book: AttemptBook;
  readonly #sender: Sender;
  readonly #lease: number;
  readonly #reconciliation: Reconciliation;
  readonly #now: () => number;
  readonly #onUnkept: (cause: unknown) => void;

  constructor(store: Store, options: IdempotencyOptions = {}) {
    this.#book = new AttemptBook(store);
    this.#lease = options.lease ?? 60_000;
    this.#now = options.now ?? Date.now;
    this.#onUnkept = options.onUnkept ?? (() => undefined);
    const open = new OpenAttempts(store);
    this.#sender = new Sender(open, this.#lease, this.#now);
    this.#reconciliation = new Reconciliation(this.#book, open, options.looks ?? [250, 750, 1500]);
  }

  /** Places a call that no key stands for. It is noted all the same, so that no key will take it for its own. */
  async place({ adapter, call }: Ordered, operation: Operation): Promise<Placed> {
    const attempt = { owner: `no key: ${randomUUID()}`, leave: roomToLeave.unkeyed };
    const placed = await this.#sender.send(attempt, { adapter, call }, operation, (placed) =>
      this.#book.claimForNone(placed),
    );
    return { call: placed, replayed: false };
  }

  /**
   * Places a call unless its key has been used.
   *
   * @throws Failure CONFLICT for a key used with another input, or under way past the deadline;
   *   RATE_LIMITED where the store has no room for the key, PROVIDER_UNAVAILABLE where it is away;
   *   OUTCOME_UNKNOWN where it cannot be told whether the call was placed; whatever else the adapter throws
   */
  async placeOnce(keyed: KeyedCall, operation: Operation): Promise<Placed> {
    const slot = slotOf(keyed.adapter.account.key, keyed.callerId, keyed.key);
    const sentAt = this.#now();
    const mine: Attempt = {
      input: digestOf(keyed.call),
      sentAt,
      until: sentAt + this.#lease,
      state: 'sending',
    };
    const earlier = await this.#book.open(slot, mine).catch((cause: unknown) => {
      this.#onUnkept(cause);
      throw unkept(cause);
    });
    if (earlier === undefined)
      return { call: await this.#attempt(slot, mine, keyed, operation), replayed: false };
    if (earlier.input !== mine.input) {
      throw new Refusal('CONFLICT', 'This idempotencyKey was used for another call.', { field });
    }
    return { call: await this.#replay(slot, earlier, keyed, operation), replayed: true };
  }

  async #attempt(slot: string, mine: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    try {
      return await this.#sender.send({ owner: slot, leave: 0 }, keyed, operation, (call) =>
        this.#reconciliation.settle(slot, mine, call),
      );
    } catch (error) {
      const isCertain = saysNothingPlaced(error);
      const unknown: Attempt = { ...mine, state: 'unknown', until: this.#now() };
      // Should the note fail, the slot stays `sending` until its lease is over, which is as good as unknown.
      await (isCertain ? this.#book.drop(slot) : this.#book.write(slot, unknown)).catch(() => undefined);
      if (!(error instanceof Failure) || isCertain) throw error;
      return this.#reconciliation.lookFor(slot, unknown, keyed, operation);
    }
  }

  /** What an earlier attempt came to; waits for one that is under way. */
  async #replay(slot: string, earlier: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    const read = () => this.#book.read(slot).catch(unreadable);
    for (let attempt: Attempt | undefined = earlier; attempt; attempt = await read()) {
      if (attempt.call) return { ...attempt.call, account: keyed.adapter.account };
      const isOver = attempt.state === 'unknown' || attempt.until <= this.#now();
      if (isOver) return this.#reconciliation.lookFor(slot, attempt, keyed, operation);
      if (operation.signal.aborted) break;
      await sleep(pollEvery, operation.signal);
    }
    const message = 'An attempt with this idempotencyKey is under way, or has just failed.';
    throw new Refusal('CONFLICT', message, { field, retryAfter: 1 });
  }
}

/** A key that cannot be written down keeps nobody from dialling twice, so nothing is sent. */
function unkept(cause: unknown): Refusal {
  if (cause instanceof StoreFull) {
    const { retryAfter } = cause;
    const message =
      'This server holds as many idempotency keys as it can, each for 24 hours, so this request has placed ' +
      'nothing. Ask again when some have expired.';
    return new Refusal('RATE_LIMITED', message, { field, retryAfter, cause });
  }
  const message =
    'The idempotencyKey cannot be kept at the moment, so this request has placed nothing. Ask again later.';
  return new Refusal('PROVIDER_UNAVAILABLE', message, { field, cause });
}

/** Whatever became of the attempt, this request has sent nothing. */
function unreadable(cause: unknown): never {
  const message =
    'What became of the attempt with this idempotencyKey cannot be read at the moment. Nothing more was placed. ' +
    'Ask again later.';
  throw new Refusal('PROVIDER_UNAVAILABLE', message, { field, cause });
}
