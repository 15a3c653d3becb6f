import type { HttpAnswer } from '../answer-reader.ts';
import { readRetryAfter } from '../headers/retry-after.ts';
import type { HttpRequest } from '../http-client.ts';
import { HttpFailure } from '../http-failure.ts';
import { type Backoff, fullJitter } from './backoff.ts';

/** What became of one request. */
export type Outcome = HttpAnswer | HttpFailure;

/** "Not now" in the provider's or a gateway's words (RFC 6585, section 4; RFC 9110, section 15.6). */
const passing = new Set([429, 502, 503, 504]);

/** The rest is no better the second time (too-large, unreadable, unwritable) or not to be tried now (aborted, shut). */
const lost = new Set(['unreachable', 'broken', 'timeout']);

/**
 * Whether a request may leave again after this outcome.
 *
 * A GET changes nothing (RFC 9110, section 9.2.1), so it may whenever that promises anything.
 *
 * A POST or PUT may place, end or redirect a call, neither provider takes an idempotency key, and
 * nothing seen from here proves that a request which left was not carried out: a reset or a timeout
 * says nothing, and a 429, 502, 503 or 504 may come from a gateway behind which it was. Asking twice
 * can ring a telephone twice. So only the certainty that not one byte was written (`sent` is false:
 * connection refused, name unknown, TLS or connecting failed) lets it go again: the "means to detect that
 * the original request was never applied" that RFC 9110, section 9.2.2 asks for.
 */
export function mayRepeat(method: HttpRequest['method'], outcome: Outcome): boolean {
  if (!(outcome instanceof HttpFailure)) return method === 'GET' && passing.has(outcome.status);
  return lost.has(outcome.kind) && (method === 'GET' || !outcome.sent);
}

/**
 * Whether the connection failed under the request. If it was one that the server closes when it has been idle,
 * others that are kept alive are likely to fail as well, so a repetition takes a new one.
 */
export function isBroken(outcome: Outcome): boolean {
  return outcome instanceof HttpFailure && outcome.kind === 'broken';
}

/**
 * Milliseconds to wait before the n-th repetition, counted from 1. A `Retry-After` (RFC 9110, section
 * 10.2.3) is the least; jitter comes on top, since everybody was told the same.
 *
 * @param random from 0 up to, but not including, 1
 * @param date milliseconds since the epoch
 */
export function waitBefore(
  repetition: number,
  outcome: Outcome,
  { backoff, random, date }: { backoff: Backoff; random: number; date: number },
): number {
  const header = outcome instanceof HttpFailure ? undefined : outcome.headers['retry-after'];
  return (readRetryAfter(header, date) ?? 0) * 1000 + fullJitter(repetition, random, backoff);
}
