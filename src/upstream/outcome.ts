import { HttpFailure } from './http-failure.ts';
import type { HttpResponse } from './response-reader.ts';

/** The result of one attempt at a request: a response with any status, or the reason why there is none. */
export type Outcome = HttpResponse | HttpFailure;

/** Whether the request was rejected before it was handed to the HTTP client. */
export function isNotAttempted(outcome: Outcome): boolean {
  return outcome instanceof HttpFailure && (outcome.kind === 'circuit-open' || isQueueFailure(outcome));
}

/** Whether bytes of the request may have reached the provider. */
export function mayBeSent(outcome: Outcome): boolean {
  return !(outcome instanceof HttpFailure) || outcome.sent;
}

function isQueueFailure({ kind }: HttpFailure): boolean {
  return kind === 'queue-full' || kind === 'rate-limited';
}
