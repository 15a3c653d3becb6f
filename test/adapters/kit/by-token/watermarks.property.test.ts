import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Axis } from '../../../../src/adapters/kit/by-token/axis.ts';
import { ForwardWatermark } from '../../../../src/adapters/kit/by-token/forward-watermark.ts';
import { ReverseWatermark } from '../../../../src/adapters/kit/by-token/reverse-watermark.ts';
import type { PlacedCall } from '../../../../src/adapters/kit/placed-call.ts';
import { timeOf } from '../../../../src/calls/time-of.ts';
import { someCall } from '../../../support/some-call.ts';
import { MemorySource } from './memory-source.ts';

const second = 1_000;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const [skew, before, after] = [5 * second, 5 * second, 600 * second];

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

interface Listed {
  readonly call: PlacedCall;
  /** What the source sorts by and does not show. Milliseconds since the epoch. */
  readonly sortKey: number;
}

const listed = fc
  .record({
    age: fc.integer({ min: 0, max: 1_200 * second }),
    shift: fc.integer({ min: -skew / 2, max: skew / 2 }),
    wait: fc.oneof(fc.integer({ min: -before, max: 0 }), fc.integer({ min: 0, max: after })),
  })
  .map(({ age, shift, wait }): Listed => {
    const createdAt = toTime(now - age);
    const startedAt = toTime(now - age + wait);
    return { call: { ...someCall({ startedAt }), createdAt }, sortKey: now - age + shift };
  });

const list = fc
  .array(listed, { minLength: 1, maxLength: 40 })
  .map((all) => all.map((each, id) => ({ ...each, call: { ...each.call, providerCallId: `c-${id}` } })));

function knownOf(watermark: ForwardWatermark | ReverseWatermark, calls: readonly PlacedCall[]) {
  const isKnown = watermark.createIsKnown();
  return calls.filter(({ createdAt }) => isKnown(createdAt));
}

describe.each(['oldest-first', 'newest-first'] as const)('of a source that sorts %s', (sorts) => {
  const sign = sorts === 'oldest-first' ? 1 : -1;
  const source = new MemorySource([], { sorts, step: second, skew, startsWithin: { before, after } });
  const axis = new Axis(source, now);
  const [forward, reverse] =
    sign === 1 ? (['OLDEST_FIRST', 'NEWEST_FIRST'] as const) : (['NEWEST_FIRST', 'OLDEST_FIRST'] as const);
  const keyOf = ({ createdAt }: PlacedCall) => sign * timeOf(createdAt);

  it('what the forward watermark calls known stands before all that has not been read', () => {
    fc.assert(
      fc.property(list, fc.nat(), (all, at) => {
        const sorted = all.toSorted((a, b) => sign * (a.sortKey - b.sortKey)).map(({ call }) => call);
        const read = sorted.slice(0, 1 + (at % sorted.length));
        const unread = sorted.slice(read.length);
        const watermark = new ForwardWatermark({ order: forward, filter: {}, size: 5, budget: 1 }, axis);
        watermark.pass(axis.reachOf(read), unread.length === 0);
        const known = knownOf(watermark, read);
        for (const call of unread) for (const one of known) expect(keyOf(one)).toBeLessThan(keyOf(call));
        if (unread.length === 0) expect(known).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  it('what the reverse watermark calls known stands behind all that has not been read', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: -700, max: 1_900 }), (all, seconds) => {
        const min = sign * now - seconds * second;
        const calls = all.map(({ call }) => call);
        const isRead = ({ startedAt }: PlacedCall) => sign * timeOf(startedAt ?? '') >= min;
        const watermark = new ReverseWatermark({ order: reverse, filter: {}, size: 5, budget: 1 }, axis);
        expect(knownOf(watermark, calls.filter(isRead))).toEqual([]);
        watermark.pass(min);
        const known = knownOf(watermark, calls.filter(isRead));
        const unread = calls.filter((call) => !isRead(call));
        for (const call of unread) for (const one of known) expect(keyOf(one)).toBeGreaterThan(keyOf(call));
        watermark.pass(undefined);
        expect(knownOf(watermark, calls)).toEqual(calls);
      }),
      { numRuns: 500 },
    );
  });

  it('one odd time at the end of a page moves that end nowhere', () => {
    const call = (key: number): PlacedCall => ({ ...someCall(), createdAt: toTime(sign * key) });
    const keys = [10, 20, 30, 40].map((seconds) => sign * now + seconds * second);
    const far = 86_400 * second;
    const read = keys.map(call);
    expect(axis.reachOf([...read, call(sign * now + far)])).toBe(keys[3]);
    expect(axis.reachOf(read)).toBe(keys[2]);
    expect(axis.reachOf([])).toBeNaN();
  });
});
