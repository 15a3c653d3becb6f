import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay, toIso, toRfcLike } from '../../src/sandbox/restcomm/dates.ts';
import { createLike } from '../../src/sandbox/restcomm/like.ts';
import { processorTimeOf } from '../support/processor-time.ts';
import { runs } from '../support/runs.ts';

describe('LIKE', () => {
  it('agrees with the regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '+', '.') });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_', '.') });
    fc.assert(
      fc.property(pattern, text, (like, given) => {
        const source = like.replaceAll('.', '\\.').replaceAll('%', '[^]*').replaceAll('_', '[^]');
        expect(createLike(like, 'hsqldb')(given)).toBe(new RegExp(`^${source}$`).test(given));
        expect(createLike(like, 'mariadb')(given)).toBe(new RegExp(`^${source}$`, 'i').test(given));
      }),
      { numRuns: runs(600) },
    );
  });

  it('takes no time for patterns that make regular expressions hang', async () => {
    const isLike = createLike(`${'%a'.repeat(40)}b`, 'hsqldb');
    expect(await processorTimeOf(() => expect(isLike('a'.repeat(5_000))).toBe(false))).toBeLessThan(1_000);
  });
});

describe('dates', () => {
  it.each([
    ['2013-08-23', '2013-08-23T00:00:00.000Z'],
    ['2013-08-23 14:30:07.82', '2013-08-23T00:00:00.000Z'],
    ['2013-8-3', '2013-08-03T00:00:00.000Z'],
    ['2013-13-45', '2014-02-14T00:00:00.000Z'],
    ['23-08-2013', '0029-02-02T00:00:00.000Z'],
  ])('%s is the day that begins at %s', (text, instant) => {
    expect(new Date(readDay(text, 0) ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each([
    [0, 'Fri, 5 Jul 2013 22:15:53 +0000', '2013-07-05T22:15:53.120Z'],
    [-360, 'Fri, 5 Jul 2013 16:15:53 -0600', '2013-07-05T16:15:53.120-06:00'],
    [330, 'Sat, 6 Jul 2013 03:45:53 +0530', '2013-07-06T03:45:53.120+05:30'],
  ])('are written %i minutes from UTC as %s and %s', (zone, rfc, iso) => {
    const instant = Date.parse('2013-07-05T22:15:53.120Z');
    expect(toRfcLike(instant, zone)).toBe(rfc);
    expect(toIso(instant, zone)).toBe(iso);
    expect(Date.parse(iso)).toBe(instant);
  });
});
