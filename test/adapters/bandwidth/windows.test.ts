import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readChainPlace,
  readCrowd,
  readTally,
  writeChainPlace,
  writeCrowd,
  writeTally,
} from '../../../src/adapters/bandwidth/hint.ts';
import { addPage, addWindow, nextWindow, type Progress } from '../../../src/adapters/bandwidth/windows.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const skew = 5 * second;

const start: Progress = {
  base: now,
  max: undefined,
  span: undefined,
  isThin: false,
  crowded: undefined,
  tally: undefined,
};
const tally = { rows: 100, matches: 100, hours: 1, reach: 0 };

const next = (progress: Partial<Progress>, aim: { wanted?: number; floor?: number } = {}) => {
  const { wanted = 21, floor } = aim;
  return nextWindow({ ...start, ...progress }, { wanted, floor, now });
};

/** Milliseconds that a window reaches back. */
const span = (progress: Partial<Progress>, aim = {}) =>
  (progress.base ?? now) - (next(progress, aim).min ?? Number.NaN) - skew;

describe('the next window', () => {
  it('is a quarter of an hour where nothing is known', () => {
    expect(next({})).toEqual({ min: now - 15 * minute - skew, max: undefined, pageSize: 410 });
  });

  it('is some more than the calls wanted should take', () => {
    expect(span({ tally })).toBeGreaterThan(21 * 36 * second);
    expect(span({ tally })).toBeLessThan(2.5 * 21 * 36 * second);
  });

  it('is longer where few of the rows match', () => {
    expect(span({ tally: { ...tally, matches: 10 } })).toBeCloseTo(10 * span({ tally }), -5);
  });

  it('is no longer than a request can bring', () => {
    const window = next({ tally: { ...tally, rows: 6_000, matches: 0.5 } });
    expect(window).toMatchObject({ min: now - hour - skew, pageSize: 10_000 });
  });

  it('reaches as far as a page lately had to, within four times the calls wanted', () => {
    expect(span({ tally: { ...tally, reach: 0.7 } })).toBeCloseTo(1.2 * 0.7 * hour, -4);
    expect(span({ tally: { ...tally, reach: 50 } })).toBeCloseTo(0.84 * hour, -4);
  });

  it('is twice the last one at least, eight times if that was thin, 32 times at most', () => {
    expect(span({ tally, span: 10 * hour })).toBe(20 * hour);
    expect(span({ tally, span: hour, isThin: true })).toBe(8 * hour);
    expect(span({ tally: { ...tally, matches: 0.1, rows: 0.1 }, span: 15 * minute, isThin: true })).toBe(
      8 * hour,
    );
  });

  it('is a day at most at first, since only a hint says that it may be longer', () => {
    expect(span({ tally: { ...tally, rows: 1, matches: 0.01 } })).toBe(day);
  });

  it('is a second at least', () => {
    expect(span({ tally: { ...tally, rows: 1e7, matches: 1e7 } })).toBeGreaterThanOrEqual(second);
  });

  it('has no lower bound once that would lie beyond all that is kept', () => {
    expect(next({ base: now - 7 * day, tally, span: 3 * hour, isThin: true }).min).toBeUndefined();
    expect(next({ base: now - 6 * day, tally, span: 3 * hour, isThin: true }).min).toBeDefined();
  });

  it('begins at a whole second', () => {
    expect(next({ base: now + 123, tally: { ...tally, rows: 7, matches: 7 } }).min).toSatisfy(
      (min: number) => min % second === 0,
    );
  });

  it('reaches to the floor and no further', () => {
    expect(next({}, { floor: now - minute }).min).toBe(now - minute);
    expect(next({ base: now - hour }, { floor: now - minute }).min).toBe(now - hour);
  });
});

describe('behind a crowd', () => {
  const crowded = { at: now - 100 * hour, tally: { rows: 1_000, matches: 1_000, hours: 1, reach: 0 } };

  it('the next window is what the pace says, if that is past the middle', () => {
    expect(next({ crowded, tally }).min).toBe(next({ tally }).min);
    expect(next({ crowded, tally: { ...tally, matches: 0.1 }, span: 10 * hour }).min).toBe(now - 50 * hour);
  });

  it('is the newer half where thin windows have shown that the pace tells nothing', () => {
    expect(next({ crowded, tally, isThin: true, span: hour })).toMatchObject({
      min: now - 50 * hour,
      pageSize: 10_000,
    });
  });

  it('is all that is left where a request can bring that', () => {
    const near = { ...crowded, at: now - 5 * hour };
    expect(next({ crowded: near, tally, isThin: true, span: hour })).toMatchObject({
      min: near.at - skew,
      pageSize: 9_503,
    });
  });

  it('keeps its lower bound however old', () => {
    expect(next({ crowded: { ...crowded, at: now - 30 * day }, tally, isThin: true }).min).toBe(
      now - 15 * day,
    );
  });
});

describe('a walk', () => {
  const figure = fc.double({ min: 1e-7, max: 1e7, noNaN: true });
  const anyTally = fc.record({ rows: figure, matches: figure, hours: figure, reach: figure });
  const ago = fc.oneof(fc.integer({ min: 1, max: 20 * second }), fc.integer({ min: 1, max: 9 * day }));
  const known = fc.record({
    base: ago.map((age) => now - age),
    tally: fc.option(anyTally, { nil: undefined }),
    span: fc.option(fc.integer({ min: second, max: 9 * day }), { nil: undefined }),
    isThin: fc.boolean(),
  });
  /** Most of them older than where the reading begins, some just there. */
  const before = fc.oneof(ago, fc.integer({ min: -skew, max: skew }));
  const anyCrowd = fc.option(fc.record({ before, tally: anyTally }), { nil: undefined });

  it('gets further with every window, less what the next page reads again', () => {
    fc.assert(
      fc.property(known, anyCrowd, fc.integer({ min: 1, max: 501 }), (progress, crowd, wanted) => {
        const crowded = crowd && { at: progress.base - crowd.before, tally: crowd.tally };
        const { min = Number.NEGATIVE_INFINITY } = next({ ...progress, crowded }, { wanted });
        expect(min + skew).toBeLessThan(progress.base);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the tally', () => {
  it('begins with the first window', () => {
    expect(addWindow(undefined, 10, 5, hour)).toEqual({ rows: 10, matches: 5, hours: 1, reach: 0 });
  });

  it('fades', () => {
    expect(addWindow(tally, 100, 20, hour)).toEqual({ rows: 175, matches: 95, hours: 1.75, reach: 0 });
  });

  it('takes none for a part of one', () => {
    expect(addWindow(undefined, 0, 0, hour)).toEqual({ rows: 0.1, matches: 0.1, hours: 1, reach: 0 });
    expect(addWindow(undefined, 9, 0, hour)).toEqual({ rows: 9, matches: 0.5, hours: 1, reach: 0 });
  });

  it('forgets what has led astray, but for how far pages reach', () => {
    expect(addWindow({ ...tally, reach: 3 }, 1, 1, hour)).toEqual({
      rows: 1,
      matches: 1,
      hours: 1,
      reach: 3,
    });
  });

  it('counts no time of less than a second', () => {
    expect(addWindow(undefined, 1, 1, 0).hours).toBeCloseTo(1 / 3600, 9);
  });

  it('remembers the longest page for a while', () => {
    expect(addPage({ ...tally, reach: 10 }, hour).reach).toBeCloseTo(9.2);
    expect(addPage(tally, 3 * hour).reach).toBe(3);
  });
});

describe('a hint', () => {
  it('of a tally reads as it was written, to four digits', () => {
    expect(readTally(writeTally({ rows: 123.456, matches: 0.5, hours: 1e-3, reach: 1e5 }))).toEqual({
      rows: 123.5,
      matches: 0.5,
      hours: 0.001,
      reach: 100_000,
    });
  });

  it.each([
    undefined,
    '',
    'n',
    'n 1 1 1',
    'n 1 1 1 x',
    'n 1 1 1 -1',
    'n 1 1 1 0',
    'n 1 1 1 1e99',
    'n 1 1 1 Infinity',
    `n 1 1 1 ${'1'.repeat(20)}`,
    'o 1 1 1 1',
  ])('of a tally is none: %s', (hint) => {
    expect(readTally(hint)).toBeUndefined();
  });

  const far = { at: now - 7 * day, tally: { rows: 408, matches: 408, hours: 2.778e-4, reach: 0 } };
  const former = { ...tally, reach: 1 };
  const written = writeTally(former) + writeCrowd(far);

  it('of a crowd reads as it was written, and leaves the tally before it', () => {
    expect(readCrowd(written, now - 8 * day, now)).toEqual(far);
    expect(readTally(written)).toEqual(former);
  });

  it('of a crowd is none before what is kept, or past where the reading starts', () => {
    expect(readCrowd(written, far.at, far.at)).toEqual(far);
    expect(readCrowd(written, far.at + 1, now)).toBeUndefined();
    expect(readCrowd(written, now - 8 * day, far.at - 1)).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    writeTally(tally),
    `${writeTally(former)} ${now - day}`,
    `${writeTally(former)} ${now - day} 1`,
    `${writeTally(former)} ${now - day} 1 0`,
    `${writeTally(former)} ${now - day} -1 1`,
    `${writeTally(former)} ${now - day} 1 1e99`,
    `${writeTally(former)} ${now - day} NaN 1`,
    `${writeTally(former)} ${now - day} 1 1 1`,
    `${writeTally(former)} ${now - day}.5 1 1`,
    `o 1 1 1 1 ${now - day} 1 1`,
  ])('of a crowd is none: %s', (hint) => {
    expect(readCrowd(hint, now - 8 * day, now)).toBeUndefined();
  });

  it.each([
    { pageSize: 300, min: undefined, token: undefined },
    { pageSize: 10_000, min: 1_700_000_000_000, token: undefined },
    { pageSize: 1, min: undefined, token: 'YWJj%2BZA==' },
    { pageSize: 1, min: 0, token: 'a' },
  ])('of a chain reads as it was written: %o', (place) => {
    expect(readChainPlace(writeChainPlace(place))).toEqual(place);
  });

  it.each([
    undefined,
    '',
    'o',
    'o 1 ',
    'o 0  ',
    'o 10001  ',
    'o x  ',
    'o 1 x ',
    'o 1  a b',
    'o 1  a&b',
    'o 1  a#b',
    `o 1  ${'a'.repeat(4097)}`,
    'n 1  ',
  ])('of a chain is none: %s', (hint) => {
    expect(readChainPlace(hint)).toBeUndefined();
  });
});
