import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toInstant } from '../../../src/adapters/restcomm/dates.ts';

describe('toInstant', () => {
  test.each([
    ['created and updated', 'Fri, 5 Jul 2013 22:15:53 +0000', '2013-07-05T22:15:53.000Z'],
    ['west of Greenwich', 'Tue, 8 Oct 2013 04:51:47 -0600', '2013-10-08T10:51:47.000Z'],
    ['half an hour off', 'Mon, 29 Feb 2016 00:10:00 +0530', '2016-02-28T18:40:00.000Z'],
    ['without the day of the week', '5 Jul 2013 22:15:53 +0000', '2013-07-05T22:15:53.000Z'],
    ['a padded day', 'Fri, 05 Jul 2013 22:15:53 +0000', '2013-07-05T22:15:53.000Z'],
    ['start and end', '2013-10-08T04:51:47.671-06:00', '2013-10-08T10:51:47.671Z'],
    ['a server in UTC', '2013-07-05T22:15:54.120Z', '2013-07-05T22:15:54.120Z'],
    ['no milliseconds', '2013-07-05T22:15:54Z', '2013-07-05T22:15:54.000Z'],
    ['one digit of a fraction', '2013-07-05T22:15:54.5Z', '2013-07-05T22:15:54.500Z'],
    ['microseconds', '2013-07-05T22:15:54.123999Z', '2013-07-05T22:15:54.123Z'],
    ['an offset without colon', '2013-07-05T22:15:54+0200', '2013-07-05T20:15:54.000Z'],
  ])('reads %s', (_, text, instant) => {
    expect(toInstant(text)).toBe(instant);
  });

  test.each([
    ['nothing', null],
    ['a word', 'yesterday'],
    ['another language', 'ven., 5 juil. 2013 22:15:53 +0000'],
    ['a month that is none', 'Fri, 5 Jux 2013 22:15:53 +0000'],
    ['a day that there was not', 'Sat, 30 Feb 2013 22:15:53 +0000'],
    ['a thirteenth month', '2013-13-05T22:15:54Z'],
    ['an hour 24', '2013-07-05T24:00:00Z'],
    ['a minute 60', '2013-07-05T22:60:00Z'],
    ['a second 60', '2013-07-05T22:15:60Z'],
    ['a time before the year 0', '0000-01-01T00:00:00+01:00'],
    ['no zone', '2013-07-05T22:15:54'],
    ['more behind it', '2013-07-05T22:15:54Z '],
  ])('gives null for %s', (_, text) => {
    expect(toInstant(text)).toBeNull();
  });

  test('agrees with Date on every time in either form and any zone', () => {
    const years = {
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(years), fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}${two(Math.abs(offset) % 60)}`;
        const iso = local.toISOString().replace('Z', `${zone.slice(0, 3)}:${zone.slice(3)}`);
        expect(toInstant(iso)).toBe(date.toISOString());
        const [day, number, month, year, time] = local.toUTCString().split(' ');
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
        expect(toInstant(`${day} ${Number(number)} ${month} ${year} ${time} ${zone}`)).toBe(
          whole.toISOString(),
        );
      }),
    );
  });

  test('agrees with Date on every time of a server in UTC, however its days are written', () => {
    const years = {
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(years), fc.boolean(), fc.boolean(), (date, isPadded, isNamed) => {
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
        const [name, number = '', ...rest] = whole.toUTCString().replace('GMT', '+0000').split(' ');
        const day = isPadded ? number : String(Number(number));
        const text = [...(isNamed ? [name] : []), day, ...rest].join(' ');
        expect(toInstant(text)).toBe(whole.toISOString());
      }),
      { numRuns: 1_000 },
    );
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(toInstant(text)).toSatisfy(
          (instant) => instant === null || new Date(instant).toISOString() === instant,
        );
      }),
    );
  });
});

function two(number: number): string {
  return String(Math.trunc(number)).padStart(2, '0');
}
