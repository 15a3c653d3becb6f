import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noFilter, readAddress, toFragment } from '../../../src/console/page/address.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 20 });
const panels = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom({ kind: 'accounts' } as const, { kind: 'place' } as const),
  words.filter((id) => id !== '').map((id) => ({ kind: 'call', id }) as const),
);

test('an address is read as it was written', () => {
  const filters = fc.record({ status: words, direction: words, account: words, from: words, to: words });
  fc.assert(
    fc.property(filters, panels, (filter, panel) => {
      expect(readAddress(toFragment({ filter, panel }))).toEqual({ filter, panel });
    }),
  );
});

test('what an address does not say, or says wrong, is not filtered', () => {
  expect(readAddress('')).toEqual({ filter: noFilter, panel: undefined });
  expect(readAddress('#calls')).toEqual({ filter: noFilter, panel: undefined });
  expect(readAddress('#panel=nothing&x=y').panel).toBeUndefined();
  // `#` alone would scroll to the top.
  expect(toFragment({ filter: noFilter, panel: undefined })).toBe('#calls');
});
