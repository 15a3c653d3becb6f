/**
 * Times in forms that no provider is known to write, rewritten in the common forms of ISO 8601 and RFC 5322. What they
 * say need not exist: the reader of the common form finds out.
 */

type Parts = Readonly<Record<string, string | undefined>>;

/** Calendar, ordinal or week date, extended or basic; `T` or, as RFC 3339 allows, a space; time; zone. */
const iso = new RegExp(
  [
    /^(?<year>\d{4})(?:(?<dash>-?)(?<month>\d\d)\k<dash>(?<day>\d\d)|-?(?<ordinal>\d{3})|-?W(?<week>\d\d)-?(?<weekday>[1-7]))/,
    /[T ](?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d))?)?(?:[.,](?<fraction>\d{1,30}))?/,
    /\s?(?<zone>Z|(?<sign>[-+\u2212])(?<hours>\d\d)(?::?(?<minutes>[0-5]\d))?)?$/,
  ]
    .map(({ source }) => source)
    .join(''),
  'i',
);

/**
 * A time in any form of ISO 8601 that says what moment it is: with a time of at least an hour, whose last unit may have
 * a decimal fraction. A date alone is no moment.
 *
 * @param isUtc whether a time that names no zone is one in UTC; else it is no moment
 */
export function toCommonIso(text: string, isUtc: boolean): string | undefined {
  const parts = iso.exec(text)?.groups;
  if (parts === undefined || (parts.zone === undefined && !isUtc)) return undefined;
  const { sign = '+', hours = '00', minutes = '00' } = parts;
  return `${dateOf(parts)}T${timeOf(parts)}${sign === '+' ? sign : '-'}${hours}:${minutes}`;
}

function dateOf({ year, month, day, ordinal, week, weekday }: Parts): string | undefined {
  if (ordinal === undefined && week === undefined) return `${year}-${month}-${day}`;
  // Days since the epoch, which was a Thursday. A week is of the year that its Thursday is in.
  const first = Date.parse(`${year}-01-01`) / 86_400_000;
  const thursday = first + ((7 - (first % 7)) % 7) + 7 * (Number(week) - 1);
  const decisive = week === undefined ? first + Number(ordinal) - 1 : thursday;
  if (!toDate(decisive).startsWith(`${year}-`)) return undefined;
  return toDate(week === undefined ? decisive : thursday + Number(weekday) - 4);
}

function toDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** A fraction is one of the last unit that is written. Fractions of a millisecond are cut off. */
function timeOf({ hour, minute, second, fraction = '0' }: Parts): string {
  if (second !== undefined) return `${hour}:${minute}:${second}.${fraction.slice(0, 3)}`;
  const unit = minute === undefined ? 3_600_000 : 60_000;
  // Decimal fractions are no exact numbers: 0.35 h must not lack a millisecond.
  const milliseconds = Math.min(Math.floor(Number(`0.${fraction}`) * unit + 1e-6), unit - 1);
  const clock = new Date(milliseconds).toISOString();
  return minute === undefined ? `${hour}:${clock.slice(14, 23)}` : `${hour}:${minute}:${clock.slice(17, 23)}`;
}

const rfc =
  /^(?:[a-z]{3,9} ?, ?)?(\d{1,2}) ([a-z])([a-z]{2}) (\d{2,4}) (\d\d) ?: ?(\d\d)(?: ?: ?(\d\d))? ?(?:([-+]\d\d):?([0-5]\d)|([a-z]{1,3}))$/i;

/**
 * A time in any form of RFC 5322 (sections 3.3 and 4.3) and so of RFC 2822 and 822: with or without the day of the
 * week and the seconds, years of two or three digits, named zones, comments and folded white space. What names the
 * day of the week is not checked against the date.
 */
export function toCommonRfc(text: string): string | undefined {
  const parts = rfc.exec(withoutComments(text).replace(/\s+/g, ' ').trim());
  if (parts === null) return undefined;
  const [, day, initial = '', name = '', year = '', hour, minute, second = '00', hours, minutes, zone = ''] =
    parts;
  const offset = hours === undefined ? offsetOf(zone.toLowerCase()) : `${hours}${minutes}`;
  const month = initial.toUpperCase() + name.toLowerCase();
  return `${day} ${month} ${yearOf(year)} ${hour}:${minute}:${second} ${offset}`;
}

/** Two digits up to 49 are of this century, and three count from 1900 (RFC 5322, section 4.3). */
function yearOf(digits: string): string | number {
  if (digits.length === 4) return digits;
  return Number(digits) + (digits.length === 2 && Number(digits) < 50 ? 2000 : 1900);
}

/**
 * The offset of a named zone (RFC 5322, section 4.3); undefined for names that say nothing for certain. The letters of
 * military zones stand for UTC there. `UTC` is not in it, and nothing else can be meant.
 */
function offsetOf(zone: string): string | undefined {
  if (/^(?:utc?|gmt|[a-ik-z])$/.test(zone)) return '+0000';
  // Eastern, central, mountain and Pacific time, standard and daylight.
  const [, region, season] = /^([ecmp])([sd])t$/.exec(zone) ?? [];
  return region && `-0${5 + 'ecmp'.indexOf(region) - (season === 'd' ? 1 : 0)}00`;
}

/** Comments are in brackets, may hold others, and count as white space (RFC 5322, section 3.2.2). */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let kept = text.replace(/\\./gs, '');
  // The innermost first. What has no end stays, and makes it no time.
  while (/\([^()]*\)/.test(kept)) kept = kept.replace(/\([^()]*\)/g, ' ');
  return kept;
}
