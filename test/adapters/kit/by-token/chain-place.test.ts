import { describe, expect, it } from 'vitest';
import { readChainPlace, writeChainPlace } from '../../../../src/adapters/kit/by-token/chain-place.ts';

describe('the hint of a chain', () => {
  it.each([
    { size: 300, min: undefined, token: undefined },
    { size: 10_000, min: 1_700_000_000_000, token: undefined },
    { size: 1, min: undefined, token: 'YWJj%2BZA==' },
    { size: 1, min: 0, token: 'a' },
    { size: 1, min: -1_700_000_000_000, token: 'a' },
  ])('reads as it was written: %o', (place) => {
    expect(readChainPlace(writeChainPlace(place), 10_000)).toEqual(place);
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
  ])('is none: %s', (hint) => {
    expect(readChainPlace(hint, 10_000)).toBeUndefined();
  });
});
