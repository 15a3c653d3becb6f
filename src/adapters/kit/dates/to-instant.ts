import type { Instant } from '../../../calls/call.ts';
import { isPlainInstant } from '../../../calls/time-of.ts';
import { readCommonIso, readCommonRfc } from './common-dates.ts';
import { readIso8601 } from './iso-8601.ts';
import { readRfc5322 } from './rfc-5322.ts';

/** No time is longer, but for comments in it. */
const longest = 200;

/** How a provider means what it leaves out. */
export interface TimeOptions {
  /** Whether a time that names no zone is one in UTC. Otherwise it says no moment. */
  readonly isUtc: boolean;
}

/**
 * A provider's time as the domain writes it: every form of RFC 5322 (and so RFC 2822) and of ISO 8601 (and so RFC
 * 3339) that says what moment it is. Null for anything else.
 */
export function toInstant(value: unknown, options: TimeOptions): Instant | null {
  if (typeof value !== 'string') return null;
  if (isPlainInstant(value)) return value;
  const common = readCommon(value);
  return common === undefined ? readRare(value, options) : common;
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

function readRare(text: string, { isUtc }: TimeOptions): Instant | null {
  if (text.length > longest) return null;
  return readIso8601(text.trim(), isUtc) ?? readRfc5322(text);
}
