import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Axis } from '../../../../src/adapters/kit/by-token/axis.ts';
import { WindowGuess } from '../../../../src/adapters/kit/by-token/window-guess.ts';
import { MemorySource } from './memory-source.ts';

const second = 1_000;
const hour = 3_600 * second;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const axis = new Axis(new MemorySource([], { sorts: 'oldest-first', step: second }), now);

const guessOf = (hint?: string, wanted = 21) => new WindowGuess(axis, 10_000, wanted, hint);
/** A call every 36 seconds. */
const steady = 'n 100 100 3600000';
const lengthOf = (guess: WindowGuess) => now - guess.next(now, 1).start;

describe('the next window', () => {
  it('is some more than the calls wanted should take', () => {
    expect(lengthOf(guessOf(steady))).toBeGreaterThan(21 * 36 * second);
    expect(lengthOf(guessOf(steady))).toBeLessThan(2 * 21 * 36 * second);
  });

  it('is longer where few of the rows match, and no longer than a request can bring', () => {
    expect(lengthOf(guessOf('n 100 10 3600000'))).toBeCloseTo(10 * lengthOf(guessOf(steady)));
    expect(lengthOf(guessOf('n 100 0.01 3600000'))).toBeCloseTo(6_000 * 36 * second);
  });

  it('is longer by far after one without calls, and not as long as that alone would say', () => {
    const guess = guessOf(steady);
    const length = lengthOf(guess);
    guess.learnWindow({ rows: 0, matches: 0, length }, now - length);
    expect(lengthOf(guess)).toBeCloseTo(16 * length);
  });

  it('begins behind a cluster, at first in the middle of what is left or nearer to it', () => {
    const guess = guessOf(steady);
    guess.learnCluster(now - 100 * hour, 100, 1);
    const { start } = guess.next(now, 1);
    expect(start).toBeGreaterThan(now - 100 * hour);
    expect(start).toBeLessThanOrEqual(now - 50 * hour);
  });

  it('holds what is left once that fits in a page of the cluster', () => {
    const guess = guessOf(steady);
    guess.learnCluster(now - 20 * second, 1_000, 100);
    const next = guess.next(now, 1);
    expect(next.start).toBe(now - 20 * second);
    expect(guess.sizeOf(20 * second, next, 1)).toBe(10_000);
  });

  it('has no lower bound once that would lie beyond all that is kept', () => {
    expect(guessOf(steady).isBeforeAll(axis.begin - 1)).toBe(true);
    expect(guessOf(steady).isBeforeAll(axis.begin)).toBe(false);
  });
});

describe('a hint', () => {
  it('reads as it was written, to three digits', () => {
    const guess = guessOf('n 123 45.6 1.00e+6');
    expect(guess.toHint()).toBe('n 123 45.6 1.00e+6');
    guess.learnCluster(now - hour, 100, 0.5);
    const written = guess.toHint() ?? '';
    expect(guessOf(written).next(now, 1)).toEqual(guess.next(now, 1));
  });

  it.each([
    undefined,
    '',
    'n',
    'n 1 1',
    'n 1 1 x',
    'n 1 1 -1',
    'n 1 1 0',
    'n 1 1 1e99',
    'n 1 1 Infinity',
    `n 1 1 ${'1'.repeat(20)}`,
    'o 1 1 1',
  ])('is none: %s', (hint) => {
    expect(guessOf(hint).isBlind).toBe(true);
  });

  it('never leads away from the list', () => {
    const figure = fc.double({ min: -1e7, max: 1e14 }).map((value) => value.toPrecision(3));
    const hint = fc.array(figure, { maxLength: 7 }).map((parts) => ['n', ...parts].join(' '));
    fc.assert(
      fc.property(hint, fc.integer({ min: 2, max: 501 }), (text, wanted) => {
        const guess = guessOf(text, wanted);
        const next = guess.next(now, 1);
        expect(next.start).toBeLessThan(now + axis.lead);
        const size = guess.sizeOf(now - next.start, next, 2);
        expect(size).toBeGreaterThan(wanted);
        expect(size).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
