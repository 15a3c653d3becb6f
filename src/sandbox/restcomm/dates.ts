const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number) => String(value).padStart(2, '0');

function offsetText(minutes: number, colon: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`;
}

/**
 * `Fri, 5 Jul 2013 22:15:53 +0000`: date_created and date_updated. The day is not padded, the zone has no colon, there
 * are no milliseconds. Source: Restcomm-Connect CallDetailRecordConverter.
 */
export function toRfcLike(instant: number, zoneMinutes: number): string {
  const local = new Date(instant + zoneMinutes * 60_000);
  const day = `${DAYS[local.getUTCDay()]}, ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]}`;
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  return `${day} ${local.getUTCFullYear()} ${time} ${offsetText(zoneMinutes, '')}`;
}

/** `2013-10-08T04:51:47.671-06:00`, or with Z when the server runs in UTC: start_time and end_time. */
export function toIso(instant: number, zoneMinutes: number): string {
  const text = new Date(instant + zoneMinutes * 60_000).toISOString();
  return zoneMinutes === 0 ? text : text.replace('Z', offsetText(zoneMinutes, ':'));
}

/**
 * `Mon, 14 Sep 2026 08:30:12 Etc/UTC`: Timestamp of a status callback. The day is padded; the zone is its id, which is
 * an offset such as `+05:30` for a server that is not in UTC. Source: Restcomm-Connect Call.java.
 */
export function toTimestamp(instant: number, zoneMinutes: number): string {
  const [weekday, day = '', ...rest] = toRfcLike(instant, zoneMinutes).split(' ');
  const zone = zoneMinutes === 0 ? 'Etc/UTC' : offsetText(zoneMinutes, ':');
  return [weekday, day.padStart(2, '0'), ...rest.slice(0, -1), zone].join(' ');
}

/**
 * The first instant of the day a filter names, in the server's zone; undefined if it is no date (400).
 * Lenient like Java's SimpleDateFormat for `yyyy-MM-dd`: what follows the day is ignored, months and days may
 * overflow, two digits are the years 0 to 99.
 */
export function readDay(text: string, zoneMinutes: number): number | undefined {
  const parts = /^\s*(\d+)-(\d+)-(\d+)/.exec(text);
  if (parts === null) return undefined;
  const day = new Date(0);
  day.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return day.getTime() - zoneMinutes * 60_000;
}
