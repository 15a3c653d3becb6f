import { sleep } from '../../runtime/sleep.ts';
import type { Call } from '../call.ts';
import { Failure, ProviderError } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { Attempt, AttemptBook } from './attempt-book.ts';
import { findPlaced, mayHavePlaced } from './find-placed.ts';
import { type OpenAttempts, partiesOf } from './open-attempts.ts';
import type { Ordered } from './sender.ts';

/**
 * Looks for the call of an attempt that got no answer, since such an attempt is never made again. The call is
 * taken for its own only if it is the one that fits, and if nobody else can have placed it.
 */
export class Reconciliation {
  readonly #book: AttemptBook;
  readonly #open: OpenAttempts;
  readonly #looks: readonly number[];

  /** @param looks how long to wait before each look, in milliseconds */
  constructor(book: AttemptBook, open: OpenAttempts, looks: readonly number[]) {
    this.#book = book;
    this.#open = open;
    this.#looks = looks;
  }

  /**
   * The one call that the attempt can have placed, from now on its own.
   *
   * @throws Failure OUTCOME_UNKNOWN where there is none yet, or several, or it cannot be noted
   */
  async lookFor(slot: string, attempt: Attempt, ordered: Ordered, operation: Operation): Promise<Call> {
    const parties = partiesOf(ordered.adapter.account.key, ordered.call);
    let found = 0;
    for (const delay of this.#looks) {
      if (!(await sleep(delay, operation.signal))) break;
      const sent = { from: attempt.sentAt, until: attempt.until };
      const candidates = await findPlaced(ordered.adapter, ordered.call, sent, operation).catch(
        () => undefined,
      );
      const unclaimed = await this.#unclaimed(candidates?.calls ?? [], slot).catch(() => []);
      found = unclaimed.length;
      const [call] = unclaimed;
      if (call === undefined) continue;
      // Asked last: an attempt that has left by now has noted its call before, which keeps us from doing so.
      const others = await this.#open.others(parties, slot).catch(() => undefined);
      const isOurs = others !== undefined && !others.some((span) => mayHavePlaced(span, call));
      if (candidates?.isComplete && found === 1 && isOurs) {
        await this.settle(slot, attempt, call).catch((error: unknown) => {
          throw error instanceof Failure ? error : stillUnknown(found);
        });
        await this.#open.close(parties, slot).catch(() => undefined);
        return call;
      }
      if (found > 1 && others?.length === 0) break;
    }
    throw stillUnknown(found);
  }

  /**
   * Notes that the attempt has placed the call.
   *
   * @throws Failure OUTCOME_UNKNOWN when the call is another attempt's; whatever the store throws
   */
  async settle(slot: string, attempt: Attempt, { account, ...call }: Call): Promise<void> {
    if (!(await this.#book.claim({ account, ...call }, slot))) throw stillUnknown(0);
    await this.#book.write(slot, { ...attempt, state: 'placed', call });
  }

  /** The calls that no attempt has, or this one. Only a single one is claimed, later. */
  async #unclaimed(calls: readonly Call[], slot: string): Promise<Call[]> {
    const owners = await Promise.all(calls.map((call) => this.#book.ownerOf(call)));
    return calls.filter((_, i) => owners[i] === undefined || owners[i] === slot);
  }
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
    { field: ['input', 'idempotencyKey'] },
  );
}
