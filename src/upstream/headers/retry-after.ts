/** The three date forms of RFC 9110, section 5.6.7. `Date.parse` alone reads "retry 5" as a day in May 2001. */
const httpDate = /^[a-z]{3,9},? [a-z\d -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/i;
/** Some thirty years, in seconds. A longer wait is ignored. */
const longest = 999_999_999;

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3: seconds or an HTTP date) as whole seconds to wait,
 * rounded up. Undefined when the header is missing or cannot be read.
 *
 * @param now milliseconds since the epoch, from which a date is counted
 */
export function readRetryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const zone = httpDate.exec(text)?.[1];
  if (zone === undefined) return undefined;
  // The asctime form ends in the year and has no zone; it is in GMT.
  const date = Date.parse(/^\d/.test(zone) ? `${text} GMT` : text);
  const seconds = Math.max(0, Math.ceil((date - now) / 1000));
  return seconds <= longest ? seconds : undefined;
}
