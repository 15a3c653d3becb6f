/** The three forms of RFC 9110, section 5.6.7; Date.parse alone takes "retry 5" for a day in May 2001. */
const httpDate = /^[a-z]{3,9},? [a-z\d -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/i;
/** More seconds than this, some thirty years, is no advice. */
const longest = 999_999_999;

/**
 * Whole seconds to wait as a `Retry-After` header says (RFC 9110, section 10.2.3: delta-seconds or an
 * HTTP date), rounded up; undefined when it says nothing that can be read.
 *
 * @param now milliseconds since the epoch, against which a date is taken
 */
export function readRetryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const zone = httpDate.exec(text)?.[1];
  if (zone === undefined) return undefined;
  // The asctime form, which ends in the year, names no zone but is in GMT, too.
  const date = Date.parse(/^\d/.test(zone) ? `${text} GMT` : text);
  const seconds = Math.max(0, Math.ceil((date - now) / 1000));
  return seconds <= longest ? seconds : undefined;
}
