import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeOf } from '../../src/calls/time-of.ts';

const instants = fc
  .date({
    min: new Date('0000-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());

describe('the time of an instant', () => {
  it('is what Date.parse makes of it', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(timeOf(instant)).toBe(Date.parse(instant));
      }),
    );
  });

  it.each([
    '0000-01-01T00:00:00.000Z',
    '0099-12-31T23:59:59.999Z',
    '0100-01-01T00:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
    '0004-02-29T23:59:59.999Z',
    '1900-03-01T00:00:00.000Z',
    '2000-02-29T12:00:00.000Z',
    '',
    'x',
  ])('is that at the edges, too: %s', (instant) => {
    expect(timeOf(instant)).toBe(Date.parse(instant));
  });
});
