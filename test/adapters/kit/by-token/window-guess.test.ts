import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Axis } from '../../../../src/adapters/kit/by-token/axis.ts';
import { ReverseWatermark } from '../../../../src/adapters/kit/by-token/reverse-watermark.ts';
import { type Learned, WindowGuess } from '../../../../src/adapters/kit/by-token/window-guess.ts';
import { MemorySource } from './memory-source.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const skew = 5 * second;
const axis = new Axis(new MemorySource([], { sorts: 'oldest-first', step: second }), now);
const density = { rows: 100, matches: 100, hours: 1, reach: 0 };

interface Case extends Learned {
  readonly base?: number;
}

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** The window that is read next, as `readReverse` asks for it. */
function next(
  { base = now, ...learned }: Case,
  { wanted = 21, floor }: { wanted?: number; floor?: number } = {},
) {
  const after = { createdAt: toTime(base), providerCallId: '' };
  const filter = floor === undefined ? {} : { createdAfter: toTime(floor + skew) };
  const request = { order: 'NEWEST_FIRST', filter, after, size: 20, budget: 1 } as const;
  const guess = new WindowGuess(axis, 10_000, learned);
  const from = new ReverseWatermark(request, axis).toMin(guess.startOf(base, wanted));
  return { min: guess.isBeforeAll(from) ? undefined : from, size: guess.sizeOf(base, from, wanted) };
}

/** Milliseconds that a window reaches back. */
const span = (learned: Case, aim = {}) =>
  (learned.base ?? now) - (next(learned, aim).min ?? Number.NaN) - skew;

describe('the next window', () => {
  it('is a quarter of an hour where nothing is known', () => {
    expect(next({})).toEqual({ min: now - 15 * minute - skew, size: 410 });
  });

  it('is some more than the calls wanted should take', () => {
    expect(span({ density })).toBeGreaterThan(21 * 36 * second);
    expect(span({ density })).toBeLessThan(2.5 * 21 * 36 * second);
  });

  it('is longer where few of the rows match', () => {
    expect(span({ density: { ...density, matches: 10 } })).toBeCloseTo(10 * span({ density }), -5);
  });

  it('is no longer than a request can bring', () => {
    const window = next({ density: { ...density, rows: 6_000, matches: 0.5 } });
    expect(window).toMatchObject({ min: now - hour - skew, size: 10_000 });
  });

  it('reaches as far as a page lately had to, within four times the calls wanted', () => {
    expect(span({ density: { ...density, reach: 0.7 } })).toBeCloseTo(1.2 * 0.7 * hour, -4);
    expect(span({ density: { ...density, reach: 50 } })).toBeCloseTo(0.84 * hour, -4);
  });

  it('is twice the last one at least, eight times if that was thin, 32 times at most', () => {
    expect(span({ density, span: 10 * hour })).toBe(20 * hour);
    expect(span({ density, span: hour, isThin: true })).toBe(8 * hour);
    expect(span({ density: { ...density, matches: 0.1, rows: 0.1 }, span: 15 * minute, isThin: true })).toBe(
      8 * hour,
    );
  });

  it('is a day at most at first, since only a hint says that it may be longer', () => {
    expect(span({ density: { ...density, rows: 1, matches: 0.01 } })).toBe(day);
  });

  it('is a second at least', () => {
    expect(span({ density: { ...density, rows: 1e7, matches: 1e7 } })).toBeGreaterThanOrEqual(second);
  });

  it('has no lower bound once that would lie beyond all that is kept', () => {
    expect(next({ base: now - 7 * day, density, span: 3 * hour, isThin: true }).min).toBeUndefined();
    expect(next({ base: now - 6 * day, density, span: 3 * hour, isThin: true }).min).toBeDefined();
  });

  it('begins at a whole second', () => {
    expect(next({ base: now + 123, density: { ...density, rows: 7, matches: 7 } }).min).toSatisfy(
      (min: number) => min % second === 0,
    );
  });

  it('reaches to the floor and no further', () => {
    expect(next({}, { floor: now - minute }).min).toBe(now - minute);
    expect(next({ base: now - hour }, { floor: now - minute }).min).toBe(now - hour);
  });
});

describe('behind a dense cluster', () => {
  const cluster = { at: now - 100 * hour, density: { rows: 1_000, matches: 1_000, hours: 1, reach: 0 } };

  it('the next window is what the pace says, if that is past the middle', () => {
    expect(next({ cluster, density }).min).toBe(next({ density }).min);
    expect(next({ cluster, density: { ...density, matches: 0.1 }, span: 10 * hour }).min).toBe(
      now - 50 * hour,
    );
  });

  it('is the newer half where thin windows have shown that the pace tells nothing', () => {
    expect(next({ cluster, density, isThin: true, span: hour })).toMatchObject({
      min: now - 50 * hour,
      size: 10_000,
    });
  });

  it('is all that is left where a request can bring that', () => {
    const near = { ...cluster, at: now - 5 * hour };
    expect(next({ cluster: near, density, isThin: true, span: hour })).toMatchObject({
      min: near.at - skew,
      size: 9_503,
    });
  });

  it('keeps its lower bound however old', () => {
    expect(next({ cluster: { ...cluster, at: now - 30 * day }, density, isThin: true }).min).toBe(
      now - 15 * day,
    );
  });
});

describe('a walk', () => {
  const figure = fc.double({ min: 1e-7, max: 1e7, noNaN: true });
  const anyDensity = fc.record({ rows: figure, matches: figure, hours: figure, reach: figure });
  const ago = fc.oneof(fc.integer({ min: 1, max: 20 * second }), fc.integer({ min: 1, max: 9 * day }));
  const known = fc.record({
    base: ago.map((age) => now - age),
    density: fc.option(anyDensity, { nil: undefined }),
    span: fc.option(fc.integer({ min: second, max: 9 * day }), { nil: undefined }),
    isThin: fc.boolean(),
  });
  /** Most of them older than where the reading begins, some just there. */
  const before = fc.oneof(ago, fc.integer({ min: -skew, max: skew }));
  const anyCluster = fc.option(fc.record({ before, density: anyDensity }), { nil: undefined });

  it('gets further with every window, less what the next page reads again', () => {
    fc.assert(
      fc.property(known, anyCluster, fc.integer({ min: 1, max: 501 }), (progress, found, wanted) => {
        const cluster = found && { at: progress.base - found.before, density: found.density };
        const { min = Number.NEGATIVE_INFINITY } = next({ ...progress, cluster }, { wanted });
        expect(min + skew).toBeLessThan(progress.base);
      }),
      { numRuns: 2_000 },
    );
  });
});
