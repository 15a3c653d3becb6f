import { describe, expect, it } from 'vitest';
import { comparatorOf, positionOf } from '../../src/calls/order.ts';
import { someCall } from '../support/some-call.ts';

const calls = [
  someCall({ createdAt: '2026-11-21T06:20:00.000Z', providerCallId: 'c-2' }),
  someCall({ createdAt: null, providerCallId: 'c-9' }),
  someCall({ createdAt: '2026-11-21T06:20:00.000Z', providerCallId: 'C-3' }),
  someCall({ createdAt: '2026-11-20T23:00:00.000Z', providerCallId: 'c-4' }),
  someCall({ createdAt: null, providerCallId: 'c-1' }),
];

describe("one account's calls", () => {
  it('stand by moment, then by id, those without a moment as the oldest', () => {
    const oldestFirst = calls.map(positionOf).sort(comparatorOf('OLDEST_FIRST'));
    expect(oldestFirst.map(({ providerCallId }) => providerCallId)).toEqual([
      'c-1',
      'c-9',
      'c-4',
      'C-3',
      'c-2',
    ]);
    expect(calls.map(positionOf).sort(comparatorOf('NEWEST_FIRST'))).toEqual(oldestFirst.toReversed());
  });

  it('are equal only to themselves', () => {
    const [one, other] = calls.map(positionOf);
    expect(one && comparatorOf('NEWEST_FIRST')(one, one)).toBe(0);
    expect(one && other && comparatorOf('NEWEST_FIRST')(one, other)).not.toBe(0);
  });
});
