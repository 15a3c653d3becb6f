import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hint } from '../../../../src/adapters/kit/by-number/hint.ts';
import { NextRows } from '../../../../src/adapters/kit/by-number/next-rows.ts';
import type { RowRange } from '../../../../src/adapters/kit/by-number/row-range.ts';
import { Watermark } from '../../../../src/adapters/kit/by-number/watermark.ts';
import { someCall } from '../../../support/some-call.ts';

const slack = { before: 0, after: 0 };
const call = { ...someCall({}), createdAt: '2026-11-21T06:20:00.000Z' };

/** The rows of a list with these keys, as an answer gives them. */
function read(keys: readonly number[], offset: number, count: number): RowRange {
  const from = Math.max(0, offset);
  const rows = keys.slice(from, from + count).map((key) => ({ key, call }));
  const [isFirst, isLast] = [from === 0, from + count > keys.length];
  return { offset: from, rows, isFirst, isLast, total: keys.length };
}

interface Reading {
  readonly size: number;
  readonly hint?: Hint | undefined;
  readonly growsInFront?: boolean;
}

/** Reads until `size` rows from the key on are known and one more, and returns what was asked for. */
function readFrom(keys: readonly number[], start: number, { size, hint, growsInFront = false }: Reading) {
  const watermark = new Watermark(start, slack);
  const next = new NextRows({ readFrom: start, slack, size, hint, growsInFront });
  const isDone = () => keys.filter((key) => key >= start && key < watermark.key).length > size;
  const asked: { readonly offset: number; readonly count: number }[] = [];
  while (!isDone() && watermark.key !== Number.POSITIVE_INFINITY) {
    asked.push({ offset: next.offset, count: next.count });
    if (asked.length > 60) throw new Error('The search does not end.');
    const range = read(keys, next.offset, next.count);
    watermark.advance(range);
    next.learn(range, watermark.readFrom);
  }
  const known = keys.filter((key) => key >= start && key < watermark.key).slice(0, size);
  const seen = next.hintFor(known[0] ?? start, known.at(-1) ?? start);
  return { asked, page: seen && { ...seen, total: keys.length } };
}

const evenly = (length: number) => Array.from({ length }, (_, index) => 1_000 * index);

describe('which rows to ask for next', () => {
  test('are the first ones at the beginning of a list, a few more than wanted', () => {
    const { asked } = readFrom(evenly(10_000), Number.NEGATIVE_INFINITY, { size: 20 });
    expect(asked).toEqual([{ offset: 0, count: 28 }]);
  });

  test('are those after the page before, by its hint', () => {
    const keys = evenly(10_000);
    const { page } = readFrom(keys, 5_000_000, { size: 20 });
    const { asked } = readFrom(keys, 5_019_000, { size: 20, hint: page });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.count).toBeLessThan(35);
  });

  test('are those from the middle of a page, by the same hint', () => {
    const keys = evenly(10_000);
    const { page } = readFrom(keys, 5_000_000, { size: 20 });
    for (let index = 0; index < 20; index += 1) {
      expect(readFrom(keys, 5_000_000 + 1_000 * index, { size: 20, hint: page }).asked).toHaveLength(1);
    }
  });

  test('follow rows that have come in front since', () => {
    const { page } = readFrom(evenly(10_000), 100_000, { size: 20 });
    const grown = [...evenly(5_000).map((key) => key - 5_000_000), ...evenly(10_000)];
    const reading = { size: 20, hint: page, growsInFront: true };
    expect(readFrom(grown, 119_000, reading).asked).toHaveLength(2);
  });

  test('are more each time where one moment holds more than were read', () => {
    const keys = [
      ...evenly(30),
      ...Array.from({ length: 3_000 }, () => 30_000),
      ...evenly(100).map((key) => key + 31_000),
    ];
    const { asked } = readFrom(keys, 29_000, { size: 20 });
    const counts = asked.map(({ count }) => count);
    expect(counts.at(-1)).toBeGreaterThan(3_000);
    expect(asked.length).toBeLessThan(15);
  });

  test('continue a search where the page before had to stop', () => {
    const keys = evenly(100_000);
    let hint: Hint | undefined;
    let requests = 0;
    for (;;) {
      const watermark = new Watermark(61_803_000, slack);
      const next = new NextRows({ readFrom: watermark.readFrom, slack, size: 20, hint, growsInFront: false });
      const range = read(keys, next.offset, next.count);
      requests += 1;
      if (watermark.advance(range) !== undefined) break;
      next.learn(range, watermark.readFrom);
      hint = { ...next.hint, total: keys.length };
      expect(requests).toBeLessThan(20);
    }
  });

  test('find any time of any list in few requests, whatever the hint', () => {
    const seen = fc.record({
      offset: fc.integer({ min: -500, max: 5_000 }),
      key: fc.integer({ min: -1_000, max: 400_000 }),
    });
    const hint = fc.record({
      total: fc.nat(5_000),
      extra: fc.nat(10_000),
      seen: fc.array(seen, { maxLength: 2 }),
    });
    const gaps = fc.array(fc.constantFrom(0, 1, 7, 3_000), { minLength: 1, maxLength: 1_000, size: 'max' });
    const options = fc.record({
      size: fc.integer({ min: 1, max: 50 }),
      hint: fc.option(hint, { nil: undefined }),
      growsInFront: fc.boolean(),
    });
    fc.assert(
      fc.property(gaps, fc.double({ min: 0, max: 1, noNaN: true }), options, (list, share, reading) => {
        let time = 0;
        const keys = list.map((gap) => {
          time += gap;
          return time;
        });
        const start = Math.floor(share * time);
        expect(readFrom(keys, start, reading).asked.length).toBeLessThan(40);
      }),
      { numRuns: 1_000 },
    );
  });
});
