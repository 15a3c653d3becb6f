import { readRetryAfter } from '../headers/retry-after.ts';
import type { HttpRequest } from '../http-client.ts';
import { HttpFailure } from '../http-failure.ts';
import type { Outcome } from '../outcome.ts';

/** Statuses of temporary conditions (RFC 6585, section 4; RFC 9110, section 15.6). */
const retryableStatuses = new Set([429, 502, 503, 504]);

/**
 * Failures after which a retry may succeed. The other kinds fail again (too-large, unreadable, unwritable) or
 * must not be retried now (aborted, circuit-open, queue-full, rate-limited).
 */
const retryableKinds = new Set(['unreachable', 'broken', 'timeout']);

/**
 * Whether a request may be sent again after this outcome.
 *
 * A GET is safe (RFC 9110, section 9.2.1), so it is retried whenever that may help.
 *
 * A POST or PUT may place, end or redirect a call. No provider takes an idempotency key, and after a
 * request was sent nothing proves that it was not carried out: a reset or a timeout is no proof, and a 429,
 * 502, 503 or 504 may come from a gateway that has forwarded the request. A second request can make a
 * telephone ring twice. So a POST or PUT is retried only if no byte of it was written (`sent` is
 * false: connection refused, name not resolved, TLS or connecting failed). This is the "means to detect
 * that the original request was never applied" of RFC 9110, section 9.2.2.
 */
export function mayRetry(method: HttpRequest['method'], outcome: Outcome): boolean {
  if (!(outcome instanceof HttpFailure)) return method === 'GET' && retryableStatuses.has(outcome.status);
  return retryableKinds.has(outcome.kind) && (method === 'GET' || !outcome.sent);
}

/**
 * Whether the connection failed during the request. If the server closes idle connections, other kept-alive
 * ones are likely to fail as well, so the retry uses a new one.
 */
export function isBroken(outcome: Outcome): boolean {
  return outcome instanceof HttpFailure && outcome.kind === 'broken';
}

/**
 * Milliseconds to wait before a retry: the `Retry-After` of the response (RFC 9110, section 10.2.3), if
 * any, plus jitter, since every client was given the same `Retry-After`.
 *
 * @param retry the number of the retry, from 1
 * @param random from 0 up to, but not including, 1
 * @param date milliseconds since the epoch
 */
export function retryDelay(
  retry: number,
  outcome: Outcome,
  { backoff, random, date }: { backoff: Backoff; random: number; date: number },
): number {
  const header = outcome instanceof HttpFailure ? undefined : outcome.headers['retry-after'];
  return (readRetryAfter(header, date) ?? 0) * 1000 + fullJitter(retry, random, backoff);
}

/** Bounds of the delay in milliseconds: `base` before the first retry, doubled each time up to `longest`. */
export interface Backoff {
  readonly base: number;
  readonly longest: number;
}

/**
 * Milliseconds to wait before a retry: exponential backoff with "full jitter", so that clients that failed
 * together do not retry together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param retry the number of the retry, from 1
 * @param random from 0 up to, but not including, 1
 */
export function fullJitter(retry: number, random: number, { base, longest }: Backoff): number {
  return random * Math.min(longest, base * 2 ** (retry - 1));
}
