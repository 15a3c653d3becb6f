import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListRow, RowRange } from '../../../../src/adapters/kit/by-number/row-range.ts';
import { Watermark } from '../../../../src/adapters/kit/by-number/watermark.ts';
import { someCall } from '../../../support/some-call.ts';

const none = { before: 0, after: 0 };
const call = { ...someCall({}), createdAt: '2026-11-21T06:20:00.000Z' };

const rowsOf = (keys: readonly number[]): ListRow[] => keys.map((key) => ({ key, call }));

function range(keys: readonly number[], ends: Partial<Pick<RowRange, 'isFirst' | 'isLast'>> = {}): RowRange {
  return { offset: 0, rows: rowsOf(keys), isFirst: false, isLast: false, total: 100, ...ends };
}

describe('a watermark', () => {
  test('moves to the last row but one of an answer that begins before it', () => {
    const watermark = new Watermark(10, none);
    expect(watermark.advance(range([8, 9, 10, 12, 15]))).toEqual({ from: 10, to: 12 });
    expect(watermark.advance(range([10, 11, 13, 17]))).toEqual({ from: 12, to: 13 });
    expect(watermark.key).toBe(13);
  });

  test.each([
    ['begins at it', [10, 10, 11, 12]],
    ['begins after it', [11, 12, 13]],
    ['begins before it with a single row, whose time may be wrong', [1, 12, 13]],
    ['ends before it', [5, 6, 7]],
    ['has two rows', [8, 9]],
    ['has one row', [9]],
    ['is empty', []],
    ['has no times', [Number.NaN, Number.NaN]],
  ])('stays for an answer that %s', (_, keys) => {
    const watermark = new Watermark(10, none);
    expect(watermark.advance(range(keys))).toBeUndefined();
    expect(watermark.key).toBe(10);
  });

  test('needs no row before it at the beginning of the list, and ends with the list', () => {
    const watermark = new Watermark(10, none);
    expect(watermark.advance(range([11, 12, 13], { isFirst: true }))).toEqual({ from: 10, to: 12 });
    expect(watermark.advance(range([8, 9, 12, 13], { isLast: true }))).toEqual({
      from: 12,
      to: Number.POSITIVE_INFINITY,
    });
  });

  test.each([
    ['that is the whole list', [], { isFirst: true, isLast: true }],
    ['that is one row before it, with which the list ends', [9], { isLast: true }],
  ])('ends with an answer %s', (_, keys, ends) => {
    expect(new Watermark(10, none).advance(range(keys, ends))?.to).toBe(Number.POSITIVE_INFINITY);
  });

  test('stays for the end of a list that begins after it', () => {
    expect(new Watermark(10, none).advance(range([11, 12, 13], { isLast: true }))).toBeUndefined();
    expect(new Watermark(10, none).advance(range([], { isLast: true }))).toBeUndefined();
  });

  test('keeps the slack of the sort time on either side', () => {
    const watermark = new Watermark(10, { before: 3, after: 5 });
    expect(watermark.readFrom).toBe(7);
    expect(watermark.advance(range([6, 7, 20, 21]))).toBeUndefined();
    expect(watermark.advance(range([5, 6, 20, 21]))).toEqual({ from: 10, to: 15 });
    expect(watermark.readFrom).toBe(12);
  });

  test('is past a key once that has been looked at, and past every key at the end', () => {
    expect(new Watermark(10, none).isPast(10)).toBe(false);
    expect(new Watermark(10, none).isPast(9)).toBe(true);
    expect(new Watermark(Number.POSITIVE_INFINITY, none).isPast(Number.POSITIVE_INFINITY)).toBe(true);
  });
});

/** A row by the key that the provider sorts by, and that of its `createdAt`. */
const row = fc.record({ key: fc.integer({ min: 0, max: 40 }), drift: fc.integer({ min: -3, max: 5 }) });

test('no row is missed or taken twice, whatever ranges are read while rows come and go', () => {
  const reading = fc.record({
    added: fc.array(row, { maxLength: 2 }),
    from: fc.nat(30),
    count: fc.integer({ min: 1, max: 40 }),
  });
  const slack = { before: 5, after: 3 };
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      fc.array(reading, { maxLength: 30 }),
      fc.nat(40),
      (rows, readings, start) => {
        const steady = rows.map((each, id) => ({ ...each, id }));
        let list = [...steady];
        const watermark = new Watermark(start, slack);
        const taken: number[] = [];
        for (const { added, from, count } of readings) {
          // Rows of one key in another order each time.
          list = [...added.map((each) => ({ ...each, id: -1 })), ...list.reverse()].sort(
            (a, b) => a.key - b.key,
          );
          const read = list.slice(from, from + count);
          const ends = { isFirst: from === 0, isLast: from + count > list.length };
          const span = watermark.advance(
            range(
              read.map(({ key }) => key),
              ends,
            ),
          );
          if (span === undefined) continue;
          const isWithin = ({ key, drift }: (typeof read)[number]) =>
            key + drift >= span.from && key + drift < span.to;
          taken.push(...read.filter(isWithin).map(({ id }) => id));
        }
        const ids = taken.filter((id) => id >= 0).sort((a, b) => a - b);
        const created = steady.map(({ id, key, drift }) => ({ id, key: key + drift }));
        const due = created.filter(({ key }) => key >= start && key < watermark.key);
        expect(ids).toEqual(due.map(({ id }) => id));
      },
    ),
    { numRuns: 2_000 },
  );
});
