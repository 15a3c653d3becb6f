import { describe, expect, it } from 'vitest';
import type { AccountPositions, ListCursor } from '../../../src/calls/lists/connection.ts';
import { toResumePoint } from '../../../src/calls/lists/resume-point.ts';
import type { CallOrder } from '../../../src/generated/schema.ts';

const createdAt = '2026-11-21T06:20:00.000Z';
const highest = { createdAt, providerCallId: '\uffff' };
const lowest = { createdAt, providerCallId: '' };
const itself = { createdAt, providerCallId: 'c-1' };
const elsewhere = { createdAt: null, providerCallId: 'c-9' };

function placeWith(rest: Partial<ListCursor> = {}): ListCursor {
  return { position: { ...itself, accountKey: 'beta' }, ...rest };
}

function apart(direction: AccountPositions['direction'], position: typeof elsewhere | null): ListCursor {
  return placeWith({ accountPositions: { direction, positions: new Map([['alpha', position]]) } });
}

describe('where an account goes on from a place', () => {
  it('is the beginning when there is no place', () => {
    expect(toResumePoint(undefined, 'alpha', 'OLDEST_FIRST', 'forward')).toEqual({});
  });

  it.each<[string, CallOrder, unknown]>([
    ['alpha', 'OLDEST_FIRST', highest],
    ['beta', 'OLDEST_FIRST', itself],
    ['gamma', 'OLDEST_FIRST', lowest],
    ['alpha', 'NEWEST_FIRST', highest],
    ['beta', 'NEWEST_FIRST', itself],
    ['gamma', 'NEWEST_FIRST', lowest],
  ])('is, for %s in %s, what stands behind beta and its call', (accountKey, order, after) => {
    expect(toResumePoint(placeWith(), accountKey, order, 'forward').after).toEqual(after);
  });

  it('keeps the absence of a moment', () => {
    const place = { position: { createdAt: null, accountKey: 'beta', providerCallId: 'c-1' } };
    expect(toResumePoint(place, 'alpha', 'OLDEST_FIRST', 'forward').after).toEqual({
      createdAt: null,
      providerCallId: '\uffff',
    });
  });

  it('comes with the hint of the account, and of no other', () => {
    const place = placeWith({ hints: new Map([['beta', 'page 2']]) });
    expect(toResumePoint(place, 'beta', 'OLDEST_FIRST', 'forward').hint).toBe('page 2');
    expect(toResumePoint(place, 'constructor', 'OLDEST_FIRST', 'forward').hint).toBeUndefined();
  });

  it('is another one for an account that is accountPositions, in its own direction only', () => {
    expect(toResumePoint(apart('forward', elsewhere), 'alpha', 'OLDEST_FIRST', 'forward')).toEqual({
      after: elsewhere,
    });
    expect(toResumePoint(apart('forward', null), 'alpha', 'OLDEST_FIRST', 'forward')).toEqual({});
    expect(toResumePoint(apart('forward', elsewhere), 'beta', 'OLDEST_FIRST', 'forward').after).toEqual(
      itself,
    );
    expect(toResumePoint(apart('backward', elsewhere), 'alpha', 'OLDEST_FIRST', 'forward').after).toEqual(
      highest,
    );
  });
});
