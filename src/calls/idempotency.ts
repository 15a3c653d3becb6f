import { randomUUID } from 'node:crypto';
import { sleep } from '../sleep.ts';
import type { Store } from '../store/store.ts';
import { type Attempt, AttemptBook, digestOf, slotOf } from './attempt-book.ts';
import type { Call } from './call.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import { Failure, ProviderError, Refusal } from './failure.ts';
import { findPlaced, mayHavePlaced } from './find-placed.ts';
import type { NewCall } from './new-call.ts';
import { OpenAttempts, partiesOf } from './open-attempts.ts';
import type { Operation } from './operation.ts';

const pollEvery = 50;
const field = ['input', 'idempotencyKey'];

export interface IdempotencyOptions {
  /** How long an attempt may be under way, in milliseconds: behind it, its process must have died. */
  readonly lease?: number;
  /** How long to wait before each look for a call whose placing was not answered, in milliseconds. */
  readonly looks?: readonly number[];
  readonly now?: () => number;
}

export interface KeyedCall {
  readonly adapter: CallsAdapter;
  readonly callerId: string;
  readonly key: string;
  readonly call: NewCall;
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
  readonly #open: OpenAttempts;
  readonly #lease: number;
  readonly #looks: readonly number[];
  readonly #now: () => number;

  constructor(store: Store, options: IdempotencyOptions = {}) {
    this.#book = new AttemptBook(store);
    this.#open = new OpenAttempts(store);
    this.#lease = options.lease ?? 60_000;
    this.#looks = options.looks ?? [250, 750, 1500];
    this.#now = options.now ?? Date.now;
  }

  /** Places a call that no key stands for. It is noted all the same, so that no key will take it for its own. */
  async place({ adapter, call }: Pick<KeyedCall, 'adapter' | 'call'>, operation: Operation): Promise<Placed> {
    const owner = `no key: ${randomUUID()}`;
    const placed = await this.#send(owner, { adapter, call }, operation, (placed) =>
      this.#book.claim(placed, owner).then(() => undefined),
    );
    return { call: placed, replayed: false };
  }

  /**
   * Places a call unless its key has been used.
   *
   * @throws Failure CONFLICT for a key used with another input, or under way past the deadline;
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
    const earlier = await this.#book.open(slot, mine).catch(refuseUnkept);
    if (earlier === undefined)
      return { call: await this.#attempt(slot, mine, keyed, operation), replayed: false };
    if (earlier.input !== mine.input) {
      throw new Refusal('CONFLICT', 'This idempotencyKey was used for another call.', { field });
    }
    return { call: await this.#replay(slot, earlier, keyed, operation), replayed: true };
  }

  async #attempt(slot: string, mine: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    try {
      return await this.#send(slot, keyed, operation, (call) => this.#settle(slot, mine, call));
    } catch (error) {
      const isCertain = saysNothingPlaced(error);
      const unknown: Attempt = { ...mine, state: 'unknown', until: this.#now() };
      // Should the note fail, the slot stays `sending` until its lease is over, which is as good as unknown.
      await (isCertain ? this.#book.drop(slot) : this.#book.write(slot, unknown)).catch(() => undefined);
      if (!(error instanceof Failure) || isCertain) throw error;
      return this.#lookFor(slot, unknown, keyed, operation);
    }
  }

  /**
   * The one request. While it is under way, and for as long as its outcome is unknown, it stands among the
   * open attempts, and it leaves them only once the call has been noted as its own.
   */
  async #send(
    owner: string,
    { adapter, call }: Pick<KeyedCall, 'adapter' | 'call'>,
    operation: Operation,
    note: (placed: Call) => Promise<void>,
  ): Promise<Call> {
    const parties = partiesOf(adapter.account.key, call);
    const from = this.#now();
    // A store that is away keeps nobody from placing a call without a key; one with a key has got past it.
    await this.#open.open(parties, owner, { from, until: from + this.#lease }).catch(() => undefined);
    try {
      const placed = await adapter.create(call, operation);
      // The call is placed, come what may: should the note fail, the next request finds it by looking.
      await note(placed)
        .then(() => this.#open.close(parties, owner))
        .catch(() => undefined);
      return placed;
    } catch (error) {
      await (saysNothingPlaced(error)
        ? this.#open.close(parties, owner)
        : this.#open.bound(parties, owner, { from, until: this.#now() })
      ).catch(() => undefined);
      throw error;
    }
  }

  /** What an earlier attempt came to; waits for one that is under way. */
  async #replay(slot: string, earlier: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    const read = () => this.#book.read(slot).catch(unreadable);
    for (let attempt: Attempt | undefined = earlier; attempt; attempt = await read()) {
      if (attempt.call) return { ...attempt.call, account: keyed.adapter.account };
      const isOver = attempt.state === 'unknown' || attempt.until <= this.#now();
      if (isOver) return this.#lookFor(slot, attempt, keyed, operation);
      if (operation.signal.aborted) break;
      await sleep(pollEvery, operation.signal);
    }
    const message = 'An attempt with this idempotencyKey is under way, or has just failed.';
    throw new Refusal('CONFLICT', message, { field, retryAfter: 1 });
  }

  /** Looks, a few times, for the one call that the attempt can have placed. */
  async #lookFor(slot: string, attempt: Attempt, keyed: KeyedCall, operation: Operation): Promise<Call> {
    const parties = partiesOf(keyed.adapter.account.key, keyed.call);
    let found = 0;
    for (const delay of this.#looks) {
      if (!(await sleep(delay, operation.signal))) break;
      const sent = { from: attempt.sentAt, until: attempt.until };
      const candidates = await findPlaced(keyed.adapter, keyed.call, sent, operation).catch(() => undefined);
      const unclaimed = await this.#unclaimed(candidates?.calls ?? [], slot).catch(() => []);
      found = unclaimed.length;
      const [call] = unclaimed;
      if (call === undefined) continue;
      // Asked last: an attempt that has left by now has noted its call before, which keeps us from doing so.
      const others = await this.#open.others(parties, slot).catch(() => undefined);
      const isOurs = others !== undefined && !others.some((span) => mayHavePlaced(span, call));
      if (candidates?.isComplete && found === 1 && isOurs) {
        await this.#settle(slot, attempt, call).catch((error: unknown) => {
          throw error instanceof Failure ? error : stillUnknown(found);
        });
        await this.#open.close(parties, slot).catch(() => undefined);
        return call;
      }
      if (found > 1 && others?.length === 0) break;
    }
    throw stillUnknown(found);
  }

  /** The calls that no attempt has, or this one. Only a single one is claimed, later. */
  async #unclaimed(calls: readonly Call[], slot: string): Promise<Call[]> {
    const owners = await Promise.all(calls.map((call) => this.#book.ownerOf(call)));
    return calls.filter((_, i) => owners[i] === undefined || owners[i] === slot);
  }

  async #settle(slot: string, attempt: Attempt, { account, ...call }: Call): Promise<void> {
    if (!(await this.#book.claim({ account, ...call }, slot))) throw stillUnknown(0);
    await this.#book.write(slot, { ...attempt, state: 'placed', call });
  }
}

/** Only a failure of the closed family says for certain that nothing was placed. */
function saysNothingPlaced(error: unknown): boolean {
  return error instanceof Failure && error.code !== 'OUTCOME_UNKNOWN';
}

/** A key that cannot be written down keeps nobody from dialling twice, so nothing is sent. */
function refuseUnkept(cause: unknown): never {
  const message = 'The idempotencyKey cannot be kept at the moment, so nothing was placed. Ask again later.';
  throw new Refusal('PROVIDER_UNAVAILABLE', message, { field, cause });
}

/** Whatever became of the attempt, this request has sent nothing. */
function unreadable(cause: unknown): never {
  const message =
    'What became of the attempt with this idempotencyKey cannot be read at the moment. Nothing more was placed. ' +
    'Ask again later.';
  throw new Refusal('PROVIDER_UNAVAILABLE', message, { field, cause });
}

function stillUnknown(found: number): ProviderError {
  const what =
    found > 1
      ? `${found} calls that it may have placed were found, and none can be told from the others`
      : 'no call that it must have placed was found';
  return new ProviderError(
    'OUTCOME_UNKNOWN',
    `The attempt with this idempotencyKey got no clear answer, and ${what}. It is not made again. ` +
      'Look among the newest calls from the same number; asking again with the same key looks again.',
    { field },
  );
}
