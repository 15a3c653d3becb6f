import { sleep } from '../../runtime/sleep.ts';
import type { Call } from '../call.ts';
import { ProviderError } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptStore, Place } from './attempt-store.ts';
import { findPlaced, mayHavePlaced } from './find-placed.ts';
import { keyField } from './key-failures.ts';
import type { CreateRequest } from './send-call.ts';

/**
 * Finds the call of an attempt that got no answer, since such an attempt is never repeated. A call is assigned to the
 * attempt only if it is the single candidate and no other attempt can have placed it.
 */
export class Reconciliation {
  readonly #attempts: AttemptStore;
  readonly #delays: readonly number[];

  /** @param delays milliseconds to wait before each lookup */
  constructor(attempts: AttemptStore, delays: readonly number[]) {
    this.#attempts = attempts;
    this.#delays = delays;
  }

  /**
   * The one call that the attempt can have placed, which is recorded as its own.
   *
   * @throws Failure OUTCOME_UNKNOWN when there is no such call yet, there are several, or it cannot be recorded
   */
  async findCall(
    place: Place,
    attempt: Attempt,
    request: CreateRequest,
    operation: Operation,
  ): Promise<Call> {
    let found = 0;
    for (const delay of this.#delays) {
      if (!(await sleep(delay, operation.signal))) break;
      const sent = { from: attempt.sentAt, until: attempt.until };
      const candidates = await findPlaced(request.adapter, request.call, sent, operation).catch(
        () => undefined,
      );
      const unclaimed = await this.#unclaimed(candidates?.calls ?? [], place, attempt).catch(() => []);
      found = unclaimed.length;
      const [call] = unclaimed;
      if (call === undefined) continue;
      // Read last: an attempt that is no longer pending has claimed its call before, so recording it fails.
      const others = await this.#attempts.others(place).catch(() => undefined);
      const isOurs = others !== undefined && !others.some((span) => mayHavePlaced(span, call));
      if (candidates?.isComplete && found === 1 && isOurs) {
        const isRecorded = await this.#attempts.place(place, attempt, call).catch(() => false);
        if (!isRecorded) throw outcomeUnknown(0, attempt);
        return call;
      }
      if (found > 1 && others?.length === 0) break;
    }
    throw outcomeUnknown(found, attempt);
  }

  /** The calls that belong to no attempt or to this one; only to this one if its call was recorded. */
  async #unclaimed(calls: readonly Call[], { owner }: Place, { state }: Attempt): Promise<Call[]> {
    const owners = await Promise.all(calls.map((call) => this.#attempts.ownerOf(call)));
    return calls.filter((_, i) => owners[i] === owner || (owners[i] === undefined && state !== 'placed'));
  }
}

function outcomeUnknown(found: number, { providerErrorId }: Attempt): ProviderError {
  const what =
    found > 1
      ? `${found} calls that it may have placed were found, and none can be told from the others`
      : 'no call that it must have placed was found';
  return new ProviderError(
    'OUTCOME_UNKNOWN',
    `The attempt with this \`idempotencyKey\` got no clear answer, and ${what}. It is not made again. ` +
      'Look among the newest calls from the same number; asking again with the same key looks again.',
    { field: keyField, providerErrorId },
  );
}
