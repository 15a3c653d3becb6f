import type { Instant } from '../../../calls/call.ts';
import { isPlainInstant } from '../../../calls/time-of.ts';
import { readCommonIso, readCommonRfc } from './common-dates.ts';
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
  const instant = readCommon(value);
  if (instant !== undefined || value.length > longest) return instant ?? null;
  return readCommon(toCommonIso(value.trim(), isUtc) ?? toCommonRfc(value) ?? '') ?? null;
}

/**
 * The forms in which the providers are known to write.
 *
 * @returns undefined for any other form, null for a moment that there is not
 */
export function readCommon(text: string): Instant | null | undefined {
  const iso = readCommonIso(text);
  return iso === undefined ? readCommonRfc(text) : iso;
}
