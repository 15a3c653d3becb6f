import { StoreFull } from '../../store/store-failure.ts';
import { Refusal } from '../failure.ts';

/** The argument that failures of an idempotency key name. */
export const keyField = ['input', 'idempotencyKey'];

/** Refuses to place a call whose key could not be stored, since nothing would keep it from being placed twice. */
export function toWriteFailure(cause: unknown): Refusal {
  if (cause instanceof StoreFull) {
    const { retryAfter } = cause;
    const message =
      'This server holds as many idempotency keys as it can, each for 24 hours, so this request has placed ' +
      'nothing. Ask again when some have expired.';
    return new Refusal('RATE_LIMITED', message, { field: keyField, retryAfter, cause });
  }
  const message =
    'The `idempotencyKey` cannot be kept at the moment, so this request has placed nothing. Ask again later.';
  return new Refusal('PROVIDER_UNAVAILABLE', message, { field: keyField, cause });
}

/** The outcome of the key's attempt cannot be read. This request has sent nothing in any case. */
export function toReadFailure(cause: unknown): Refusal {
  const message =
    'What became of the attempt with this `idempotencyKey` cannot be read at the moment. Nothing more was placed. ' +
    'Ask again later.';
  return new Refusal('PROVIDER_UNAVAILABLE', message, { field: keyField, cause });
}
