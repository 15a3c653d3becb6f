import fc from 'fast-check';

/** A moment in whole milliseconds, and the clock that it is written by. */
export interface Written {
  /** As the domain writes it. */
  readonly instant: string;
  /** The same moment by the clock of a zone, as `toISOString` would write it. */
  readonly local: string;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function writtenAt(milliseconds: number, offset: number): Written {
  const iso = (time: number) => new Date(time).toISOString();
  return { instant: iso(milliseconds), local: iso(milliseconds + offset * 60_000), offset };
}

/** Any moment of the years 1 to 9998 in any zone. */
export const written = fc
  .tuple(
    fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9998-12-30T00:00:00Z'),
      noInvalidDate: true,
    }),
    fc.integer({ min: -1439, max: 1439 }),
  )
  .map(([date, offset]) => writtenAt(date.getTime(), offset));

export function two(number: number): string {
  return String(Math.trunc(number)).padStart(2, '0');
}

/** `+05:30`, or without the colon. */
export function zoneOf({ offset }: Written, colon = ''): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(size / 60)}${colon}${two(size % 60)}`;
}

/** The parts of the date by the local clock. */
export function partsOf({ local }: Written) {
  const date = new Date(local);
  const year = local.slice(0, 4);
  const newYear = Date.parse(`${year}-01-01T00:00:00Z`);
  return {
    year,
    month: local.slice(5, 7),
    day: local.slice(8, 10),
    monthName: months[date.getUTCMonth()] as string,
    dayName: names[date.getUTCDay()] as string,
    /** Day of the year, from 1. */
    ordinal: Math.floor((date.getTime() - newYear) / 86_400_000) + 1,
    /** 1 is Monday. */
    weekday: date.getUTCDay() || 7,
    time: local.slice(11, 19),
    fraction: local.slice(20, 23),
  };
}

/** The year and number of the ISO week: those of its Thursday. */
export function weekOf(moment: Written): { readonly year: string; readonly week: string } {
  const { weekday } = partsOf(moment);
  const thursday = writtenAt(Date.parse(moment.local) + (4 - weekday) * 86_400_000, 0);
  const { year, ordinal } = partsOf(thursday);
  return { year, week: two((ordinal + 6) / 7) };
}

/** How Bandwidth and both Restcomms are documented, or seen, to write times, and what is close to it. */
export const documented: Readonly<Record<string, (moment: Written) => string>> = {
  'Bandwidth, with milliseconds': ({ instant }) => instant,
  'Bandwidth, in whole seconds': ({ instant }) => `${instant.slice(0, 19)}Z`,
  'Restcomm, created and updated': (moment) => {
    const { dayName, day, monthName, year, time } = partsOf(moment);
    return `${dayName}, ${Number(day)} ${monthName} ${year} ${time} ${zoneOf(moment)}`;
  },
  'Restcomm, created and updated, with a padded day': (moment) => {
    const { dayName, day, monthName, year, time } = partsOf(moment);
    return `${dayName}, ${day} ${monthName} ${year} ${time} ${zoneOf(moment)}`;
  },
  'Restcomm, created and updated, without the name of the day': (moment) => {
    const { day, monthName, year, time } = partsOf(moment);
    return `${Number(day)} ${monthName} ${year} ${time} ${zoneOf(moment)}`;
  },
  'a gateway, created and updated in GMT': (moment) => {
    const { dayName, day, monthName, year, time } = partsOf({ ...moment, local: moment.instant });
    return `${dayName}, ${Number(day)} ${monthName} ${year} ${time} GMT`;
  },
  'Restcomm, start and end': (moment) => `${moment.local.slice(0, 23)}${zoneOf(moment, ':')}`,
  'Restcomm, start and end of a server in UTC': ({ instant }) => instant,
  'Restcomm, start and end without milliseconds': (moment) =>
    `${moment.local.slice(0, 19)}${zoneOf(moment, ':')}`,
  'Restcomm, start and end in microseconds': (moment) =>
    `${moment.local.slice(0, 23)}456${zoneOf(moment, ':')}`,
  'an offset without colon': (moment) => `${moment.local.slice(0, 23)}${zoneOf(moment)}`,
};
