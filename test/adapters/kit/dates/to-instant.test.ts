import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTime as readBandwidth } from '../../../../src/adapters/bandwidth/to-call.ts';
import { readIso, toIso } from '../../../../src/adapters/kit/dates/common-dates.ts';
import { toInstant } from '../../../../src/adapters/kit/dates/to-instant.ts';
import { toTime as readRestcomm } from '../../../../src/adapters/restcomm/to-call.ts';
import { isPlainInstant } from '../../../../src/calls/time-of.ts';
import { documented, partsOf, two, type Written, weekOf, written, writtenAt, zoneOf } from './spellings.ts';

const read = (text: unknown) => toInstant(text, { isUtc: false });
/** The fast path alone. */
const readCommon = (text: string) => readIso(toIso(text) ?? text);

/** Cut to what a spelling can say. */
const toSecond = (instant: string) => `${instant.slice(0, 19)}.000Z`;
const toMinute = (instant: string) => `${instant.slice(0, 16)}:00.000Z`;

describe('times in the form of RFC 5322', () => {
  const zones: readonly (readonly [string, number])[] = [
    ['GMT', 0],
    ['UT', 0],
    ['UTC', 0],
    ['Z', 0],
    ['+0000', 0],
    ['-0000', 0],
    ['EST', -300],
    ['EDT', -240],
    ['CST', -360],
    ['CDT', -300],
    ['MST', -420],
    ['MDT', -360],
    ['PST', -480],
    ['PDT', -420],
    ['A', 0],
    ['y', 0],
    ['gmt', 0],
    ['Est', -300],
  ];

  it.each(zones)('come in the zone %s', (zone, offset) => {
    fc.assert(
      fc.property(written, ({ instant }) => {
        const { dayName, day, monthName, year, time } = partsOf(writtenAt(Date.parse(instant), offset));
        expect(read(`${dayName}, ${Number(day)} ${monthName} ${year} ${time} ${zone}`)).toBe(
          toSecond(instant),
        );
        expect(read(`${day} ${monthName} ${year} ${time} ${zone}`)).toBe(toSecond(instant));
      }),
    );
  });

  it('come with and without the day, the seconds, comments and white space, in any case, in any zone', () => {
    const blank = fc.constantFrom(' ', '  ', '\t', '\r\n ', ' (a (nested) comment) ', ' (\\) escaped) ');
    const optional = fc.constantFrom('', ' ', '  ');
    const spelling = fc.record({
      names: fc.constantFrom('short', 'long', 'none'),
      isPadded: fc.boolean(),
      hasSeconds: fc.boolean(),
      isLoud: fc.boolean(),
      around: optional,
      blank,
    });
    fc.assert(
      fc.property(
        written,
        spelling,
        (moment, { names, isPadded, hasSeconds, isLoud, around, blank: gap }) => {
          const { dayName, day, monthName, year, time } = partsOf(moment);
          const name = { short: `${dayName},`, long: `${dayName}day,`, none: '' }[names];
          const date = [name, isPadded ? day : Number(day), monthName, year].join(gap);
          const clock = hasSeconds ? time : time.slice(0, 5);
          const text = `${around}${date}${gap}${clock}${gap}${zoneOf(moment)}${around}`;
          const expected = hasSeconds ? toSecond(moment.instant) : toMinute(moment.instant);
          expect(read(isLoud ? text.toUpperCase() : text)).toBe(expected);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['49', '2049'],
    ['00', '2000'],
    ['50', '1950'],
    ['99', '1999'],
    ['113', '2013'],
    ['2013', '2013'],
  ])('come with the year %s for %s', (written, year) => {
    expect(read(`5 Jul ${written} 22:15:53 +0000`)).toBe(`${year}-07-05T22:15:53.000Z`);
  });

  it.each([
    ['a zone that may be more than one', 'Fri, 5 Jul 2013 22:15:53 CET'],
    ['the name of a place', 'Fri, 08 Jun 2018 01:02:03 America/New_York'],
    ['the letter that is no zone', 'Fri, 5 Jul 2013 22:15:53 J'],
    ['no zone', 'Fri, 5 Jul 2013 22:15:53'],
    ['another language', 'ven., 5 juil. 2013 22:15:53 +0000'],
    ['a month that is none', 'Fri, 5 Jux 2013 22:15:53 +0000'],
    ['a day that there was not', 'Sat, 30 Feb 2013 22:15:53 +0000'],
    ['an hour 24', 'Fri, 5 Jul 2013 24:15:53 +0000'],
    ['an offset of a day', 'Fri, 5 Jul 2013 22:15:53 +2400'],
    ['sixty minutes of an offset', 'Fri, 5 Jul 2013 22:15:53 +0060'],
    ['a comment without end', 'Fri, 5 Jul 2013 22:15:53 +0000 (UTC'],
    ['no date', '22:15:53 +0000'],
  ])('say no moment with %s', (_, text) => {
    expect(read(text)).toBeNull();
  });
});

describe('times in the form of ISO 8601', () => {
  const dates: Record<string, (moment: Written) => string> = {
    'a calendar date': ({ local }) => local.slice(0, 10),
    'a basic calendar date': ({ local }) => local.slice(0, 10).replaceAll('-', ''),
    'an ordinal date': (moment) => `${partsOf(moment).year}-${`${partsOf(moment).ordinal}`.padStart(3, '0')}`,
    'a basic ordinal date': (moment) =>
      `${partsOf(moment).year}${`${partsOf(moment).ordinal}`.padStart(3, '0')}`,
    'a week date': (moment) => `${weekOf(moment).year}-W${weekOf(moment).week}-${partsOf(moment).weekday}`,
    'a basic week date': (moment) =>
      `${weekOf(moment).year}W${weekOf(moment).week}${partsOf(moment).weekday}`,
  };
  const zones: readonly ((moment: Written) => string)[] = [
    (moment) => zoneOf(moment),
    (moment) => zoneOf(moment, ':'),
    (moment) => zoneOf(moment, ':').replace('-', '\u2212'),
    (moment) => ` ${zoneOf(moment, ':')}`,
  ];

  it.each(Object.entries(dates))('come with %s', (_, dateOf) => {
    const spelling = fc.record({
      between: fc.constantFrom('T', 't', ' '),
      mark: fc.constantFrom('.', ','),
      isBasic: fc.boolean(),
      digits: fc.integer({ min: 0, max: 6 }),
      zone: fc.constantFrom(...zones),
    });
    fc.assert(
      fc.property(written, spelling, (moment, { between, mark, isBasic, digits, zone }) => {
        const { time, fraction } = partsOf(moment);
        const told = digits === 0 ? '' : `${mark}${`${fraction}999`.slice(0, digits)}`;
        const clock = isBasic ? time.replaceAll(':', '') : time;
        const known = `${moment.instant.slice(0, 20)}${fraction.slice(0, digits).padEnd(3, '0')}Z`;
        expect(read(`${dateOf(moment)}${between}${clock}${told}${zone(moment)}`)).toBe(known);
      }),
      { numRuns: 300 },
    );
  });

  it('come in UTC, whichever letter says so', () => {
    fc.assert(
      fc.property(written, ({ instant }) => {
        expect(read(instant)).toBe(instant);
        expect(read(instant.toLowerCase())).toBe(instant);
        expect(read(` ${instant.replace('T', ' ').replace('Z', ' z')} `)).toBe(instant);
        expect(read(`${instant.slice(0, 23)}+00`)).toBe(instant);
        expect(read(`${instant.slice(0, 23)}-00:00`)).toBe(instant);
      }),
    );
  });

  it('come with a fraction of the hour or of the minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399_999 }), fc.constantFrom('.', ','), (time, mark) => {
        const at = (milliseconds: number) => new Date(milliseconds).toISOString();
        const hour = two(time / 3_600_000);
        const ofHour = ((time % 3_600_000) / 3_600_000).toFixed(18).slice(1).replace('.', mark);
        const ofMinute = ((time % 60_000) / 60_000).toFixed(18).slice(1).replace('.', mark);
        expect(read(`1970-01-01T${hour}${ofHour}Z`)).toBe(at(time));
        expect(read(`1970-01-01T${at(time).slice(11, 16)}${ofMinute}Z`)).toBe(at(time));
      }),
    );
  });

  it.each([
    ['the end of a day', '2013-12-31T24:00:00Z', '2014-01-01T00:00:00.000Z'],
    ['the end of February', '2012-02-29T24:00+00:00', '2012-03-01T00:00:00.000Z'],
    ['a leap second', '2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['a fraction of a leap second', '2016-12-31T23:59:60.25Z', '2017-01-01T00:00:00.250Z'],
    ['a leap second in another zone', '2017-01-01T05:29:60+05:30', '2017-01-01T00:00:00.000Z'],
    ['an hour', '2013-07-05T22Z', '2013-07-05T22:00:00.000Z'],
    ['hours of an offset', '2013-07-05T22:15:54-07', '2013-07-06T05:15:54.000Z'],
    ['the first day of the year 0', '0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['the last week of a year with 53', '2020-W53-5T00:00Z', '2021-01-01T00:00:00.000Z'],
    ['a week that began in the year before', '2025-W01-1T00:00Z', '2024-12-30T00:00:00.000Z'],
  ])('come with %s', (_, text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it.each([
    ['no time of day', '2022-06-16'],
    ['no day', '2022-06'],
    ['no zone', '2013-07-05T22:15:54'],
    ['a thirteenth month', '2013-13-05T22:15:54Z'],
    ['a day that there was not', '2013-02-29T00:00:00Z'],
    ['day 366 of a year with 365', '2013-366T00:00:00Z'],
    ['day 0', '2013-000T00:00:00Z'],
    ['week 53 of a year with 52', '2021-W53-1T00:00Z'],
    ['week 0', '2021-W00-1T00:00Z'],
    ['an hour 25', '2013-07-05T25:00:00Z'],
    ['a time beyond the end of the day', '2013-07-05T24:00:01Z'],
    ['a minute 60', '2013-07-05T22:60:00Z'],
    ['a second 60 in the middle of a day', '2013-07-05T22:15:60Z'],
    ['a time before the year 0', '0000-01-01T00:00:00+01:00'],
    ['a time after the year 9999', '9999-12-31T23:59:59-10:00'],
    ['an offset of a day', '2013-07-05T22:15:54+24:00'],
    ['a point and no fraction', '2013-07-05T22:15:54.Z'],
    ['more behind it', '2013-07-05T22:15:54Z!'],
  ])('say no moment with %s', (_, text) => {
    expect(read(text)).toBeNull();
  });
});

describe('a time', () => {
  it.each([null, undefined, '', ' ', 'yesterday', 1655385307160, '1655385307160', {}, [], true])(
    'is none that is %j',
    (value) => {
      expect(read(value)).toBeNull();
      expect(readBandwidth(value)).toBeNull();
    },
  );

  it('without a zone is in UTC at Bandwidth, and at Restcomm is told by nobody', () => {
    expect(readBandwidth('2022-06-21 19:13:21')).toBe('2022-06-21T19:13:21.000Z');
    expect(readRestcomm('2022-06-21T19:13:21')).toBeNull();
  });

  it('never throws, and is one or null', () => {
    const characters = fc.constantFrom(...'0123456789-+:.,TZWtzw ()\\JunEST\u2212\ud800');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: characters, maxLength: 40 })), (text) => {
        expect(readBandwidth(text)).toSatisfy(
          (instant) => instant === null || new Date(instant).toISOString() === instant,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no longer for being long', () => {
    const comments = `${'('.repeat(100_000)}${')'.repeat(100_000)}`;
    expect(read(`5 Jul 2013 22:15:53 +0000 ${comments}`)).toBeNull();
  });
});

/** As often as a time takes the long way, it costs a page of 50 half as much again. */
describe('slow paths taken for times as the providers write them', () => {
  const day = 86_400_000;
  const first = Date.parse('2023-01-01T00:00:00.000Z');
  const moments = Array.from({ length: 4 * 365 + 1 }, (_, n) => first + n * day + ((n * 7_919_017) % day));
  const offsets = [0, -360, 330, 345, -1, 1439, -1439];

  it.each(Object.entries(documented))('%s: none on any day of four years, in any zone', (_, spell) => {
    const slow = moments.flatMap((time) =>
      offsets
        .map((offset) => spell(writtenAt(time, offset)))
        .filter((text) => readCommon(text) === undefined),
    );
    expect(slow).toEqual([]);
  });

  it.each(Object.entries(documented))('%s: nor at any time of any year', (_, spell) => {
    fc.assert(
      fc.property(written, (moment) => {
        const text = spell(moment);
        const instant = readCommon(text);
        expect(instant).toBe(read(text));
        expect(moment.instant.startsWith(instant?.slice(0, 19) ?? 'none')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('what is an instant already is taken as it stands, on any day', () => {
    const texts = moments.map((time) => new Date(time).toISOString());
    expect(texts.filter((text) => !isPlainInstant(text))).toEqual([]);
  });

  it('takes no day for plain that there is not', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(number(9999), number(13), number(32), (year, month, date) => {
        const text = `${`${year}`.padStart(4, '0')}-${two(month)}-${two(date)}T00:00:00.000Z`;
        const time = Date.parse(text);
        const isDay = !Number.isNaN(time) && new Date(time).toISOString() === text;
        expect(isPlainInstant(text)).toBe(isDay);
      }),
      { numRuns: 5_000 },
    );
  });
});
