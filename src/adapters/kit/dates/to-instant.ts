import type { Instant } from '../../../calls/call.ts';
import { isPlainInstant } from '../../../calls/time-of.ts';
import { laterBy, readIso, toIso } from './common-dates.ts';
import { toCommonIso, toCommonRfc } from './rare-dates.ts';

/** No time is longer, but for comments in it. */
const longest = 200;

/**
 * A provider's time as the domain writes it: every form of RFC 5322 (and so RFC 2822) and of ISO 8601 (and so RFC
 * 3339) that says what moment it is, in a year of four digits. Null for anything else.
 *
 * @param options.isUtc whether a time that names no zone is one in UTC. Otherwise it says no moment
 */
export function toInstant(value: unknown, { isUtc }: { readonly isUtc: boolean }): Instant | null {
  if (typeof value !== 'string') return null;
  if (isPlainInstant(value)) return value;
  const text = toIso(value) ?? value;
  const instant = readIso(text);
  if (instant !== undefined || value.length > longest) return instant ?? null;
  const rewritten = toCommonIso(text.trim(), isUtc) ?? toIso(toCommonRfc(text) ?? '') ?? '';
  return readIso(rewritten) ?? readEndOfDay(rewritten);
}

/** Hour 24, and a leap second, which is the last of a day in UTC: both are read as the second that follows. */
function readEndOfDay(text: string): Instant | null {
  const isLeapSecond = text.startsWith(':60', 16);
  const second = text.replace(/T24:00:00(?!\.\d*[1-9])/, 'T23:59:59').replace(/(?<=T\d\d:\d\d:)60/, '59');
  const instant = readIso(second);
  const next = instant && laterBy(1_000, instant);
  return !next || (isLeapSecond && !next.includes('T00:00:00')) ? null : next;
}
