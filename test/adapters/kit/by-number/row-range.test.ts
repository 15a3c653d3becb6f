import { describe, expect, test } from 'vitest';
import { OutOfOrder } from '../../../../src/adapters/kit/by-number/list-failures.ts';
import { toRowRange } from '../../../../src/adapters/kit/by-number/row-range.ts';
import { someCall } from '../../../support/some-call.ts';

describe('rows that stand out of order', () => {
  const callsOf = (keys: readonly number[]) =>
    keys.map((key) => someCall({ providerCallId: String(key), createdAt: '2026-11-21T06:20:00.000Z' }));
  const read = (keys: readonly number[], tolerance: number) => {
    const range = { offset: 0, calls: callsOf(keys), isFirst: true, isLast: true, total: keys.length };
    const { rows } = toRowRange(range, ({ providerCallId }) => Number(providerCallId), tolerance);
    return rows.map(({ call, reason }) =>
      reason === undefined ? call.providerCallId : `(${call?.providerCallId})`,
    );
  };

  test.each([
    [[], []],
    [
      [1, 2, 2, 3],
      ['1', '2', '2', '3'],
    ],
    [
      [1, 9, 2, 3],
      ['1', '(9)', '2', '3'],
    ],
    [
      [5, 6, 1, 7],
      ['5', '6', '(1)', '7'],
    ],
    [
      [1, Number.NaN, 2],
      ['1', '(NaN)', '2'],
    ],
    [[Number.NaN], ['(NaN)']],
  ])('of %j are the fewest that will do', (keys, left) => {
    expect(read(keys, 0.1)).toEqual(left);
  });

  test.each([[[3, 2, 1]], [[1, 9, 2, 8, 3]]])('of %j are too many for an order', (keys) => {
    expect(() => read(keys, 0.1)).toThrow(OutOfOrder);
  });

  test.each([[[1, 9, 2, 3]], [[1, Number.NaN, 2]], [[Number.NaN]]])(
    'of %j are too many without tolerance',
    (keys) => {
      expect(() => read(keys, 0)).toThrow(OutOfOrder);
    },
  );

  test('are none where the keys do not fall', () => {
    expect(read([1, 2, 2, 3], 0)).toEqual(['1', '2', '2', '3']);
  });
});
