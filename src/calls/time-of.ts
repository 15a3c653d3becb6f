import type { Instant } from './call.ts';

/** Days after the 28th are left out, since not every month has them. */
const plain = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether a text is an instant as it stands, beyond doubt: false also for some that are, at the end of a month. */
export function isPlainInstant(text: string): boolean {
  return plain.test(text);
}

const zero = '0'.charCodeAt(0);

/**
 * An instant in milliseconds since the epoch. Instants have one form, 2026-11-21T06:20:00.000Z, so that
 * their digits can be read where they stand, at a third of what `Date.parse` costs: a page of calls takes
 * hundreds of them.
 */
export function timeOf(instant: Instant): number {
  const year = 100 * digits(instant, 0) + digits(instant, 2);
  // `Date.UTC` takes them for years of the last century.
  if (!(year >= 100) || instant.length !== 24) return Date.parse(instant);
  const millisecond = 10 * digits(instant, 20) + instant.charCodeAt(22) - zero;
  return Date.UTC(
    year,
    digits(instant, 5) - 1,
    digits(instant, 8),
    digits(instant, 11),
    digits(instant, 14),
    digits(instant, 17),
    millisecond,
  );
}

function digits(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - zero) + text.charCodeAt(at + 1) - zero;
}
