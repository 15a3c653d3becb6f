import type { Call } from '../call.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { Failure } from '../failure.ts';
import type { NewCall } from '../new-call.ts';
import type { Operation } from '../operation.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptStore, Place } from './attempt-store.ts';

/** A call to place, and the adapter to place it with. */
export interface CreateRequest {
  readonly adapter: CallsAdapter;
  readonly call: NewCall;
}

/**
 * Sends the one request of an attempt that is recorded as pending, and records what came of it. If that fails, the
 * attempt stays `sending` until its lease ends, and is treated as unknown then.
 *
 * @param own the attempt of an idempotency key
 * @param now milliseconds since the epoch
 * @throws Failure, or another error, exactly as `adapter.create` does
 */
export async function sendCall(
  attempts: AttemptStore,
  place: Place,
  own: Attempt | undefined,
  { adapter, call }: CreateRequest,
  operation: Operation,
  now: () => number,
): Promise<Call> {
  const from = own?.sentAt ?? now();
  let placed: Call;
  try {
    placed = await adapter.create(call, operation);
  } catch (error) {
    const until = now();
    await (isNotPlaced(error)
      ? attempts.free(place)
      : attempts.leave(place, own && toUnknown(own, error, until), { from, until })
    ).catch(() => undefined);
    throw error;
  }
  // The call is placed in any case. If recording it fails, the next request with the key finds it.
  await attempts.place(place, own, placed).catch(() => undefined);
  return placed;
}

/** The attempt after an error that leaves its outcome unknown. */
export function toUnknown(own: Attempt, error: unknown, until: number): Attempt {
  const providerErrorId = error instanceof Failure ? error.providerErrorId : undefined;
  return { ...own, state: 'unknown', until, providerErrorId };
}

/** Whether an error of `adapter.create` is proof that no call was placed; only a `Failure` can be. */
export function isNotPlaced(error: unknown): boolean {
  return error instanceof Failure && error.code !== 'OUTCOME_UNKNOWN';
}
