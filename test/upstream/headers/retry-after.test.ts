import { describe, expect, it } from 'vitest';
import { readRetryAfter } from '../../../src/upstream/headers/retry-after.ts';

const now = Date.parse('1994-11-06T08:49:30Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    [' 120 ', 120],
    ['999999999', 999_999_999],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 7],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 7],
    ['Sun Nov  6 08:49:37 1994', 7],
    ['sun, 06 nov 1994 08:49:37 gmt', 7],
    ['Sun, 06 Nov 1994 08:49:30 GMT', 0],
    ['Sat, 05 Nov 1994 08:49:37 GMT', 0],
  ])('%j is %d seconds', (header, seconds) => {
    expect(readRetryAfter(header, now)).toBe(seconds);
  });

  it.each([
    undefined,
    '',
    ' ',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    '10000000000',
    '120, 60',
    '120 seconds',
    'retry 5',
    'May 5',
    '2026-11-21T06:20:00Z',
    'Sun, 06 Nov 1994 08:49:37 +0200',
    'Sun, 99 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
  ])('%j says nothing', (header) => {
    expect(readRetryAfter(header, now)).toBeUndefined();
  });

  it('is rounded up, so that nobody comes too early', () => {
    expect(readRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT', now + 1)).toBe(7);
    expect(readRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT', now + 999)).toBe(7);
    expect(readRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT', now + 1000)).toBe(6);
  });

  it('counts once when given more often', () => {
    expect(readRetryAfter(['5', '10'])).toBe(5);
    expect(readRetryAfter([])).toBeUndefined();
  });

  it('is in GMT, wherever this process is', () => {
    const zone = process.env.TZ;
    try {
      process.env.TZ = 'Asia/Tokyo';
      expect(new Date(now).getHours()).toBe(17);
      expect(readRetryAfter('Sun Nov  6 08:49:37 1994', now)).toBe(7);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('is taken from the clock on the wall unless told otherwise', () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    expect(readRetryAfter(inAnHour)).toBeGreaterThan(3_590);
  });
});
