import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListPosition } from '../../../src/calls/lists/connection.ts';
import { type AccountPage, mergePages } from '../../../src/calls/lists/merge-pages.ts';
import { comparatorOf, listPositionOf } from '../../../src/calls/order.ts';
import type { Page } from '../../../src/calls/page.ts';
import { someAccount, someCall } from '../../support/some-call.ts';
import { callsOf } from './lists.ts';

const compareListPositions = comparatorOf<ListPosition>('OLDEST_FIRST');

/** What an account gives: calls named by their moment (1 to 9) and id, `2a` for example. */
function share(accountKey: string, names: string, rest: Partial<Page> = {}): AccountPage {
  const calls = names.split(' ').flatMap((name) => (name ? [call(accountKey, name)] : []));
  return { accountKey, page: { calls, more: false, ...rest } };
}

function call(key: string, name: string) {
  return someCall({
    account: someAccount({ key }),
    createdAt: momentOf(name),
    providerCallId: name.slice(1),
  });
}

const momentOf = (name: string) => `2026-11-2${name[0]}T00:00:00.000Z`;
const stopAt = (name: string) => ({
  more: true,
  stopped: { createdAt: momentOf(name), providerCallId: name.slice(1) },
});

function merge(shares: AccountPage[], size: number) {
  const { calls, more, stopped } = mergePages(shares, compareListPositions, size);
  const names = calls.map((each) => `${each.account.key}:${each.createdAt?.[9]}${each.providerCallId}`);
  return [names.join(' '), more, stopped?.accountKey];
}

describe('merging shares, oldest first', () => {
  it.each<[string, AccountPage[], number, [string, boolean, string?]]>([
    ['of none', [], 5, ['', false]],
    ['that are empty', [share('a', ''), share('b', '')], 5, ['', false]],
    ['by moment', [share('a', '1x 3x'), share('b', '2x 4x')], 5, ['a:1x b:2x a:3x b:4x', false]],
    ['of one moment by account', [share('b', '1a 1b'), share('a', '1c')], 5, ['a:1c b:1a b:1b', false]],
    ['up to a size', [share('a', '1x 3x'), share('b', '2x')], 2, ['a:1x b:2x', true]],
    ['to the very end', [share('a', '1x'), share('b', '2x')], 2, ['a:1x b:2x', false]],
    ['one of which has more', [share('a', '1x', { more: true }), share('b', '2x')], 2, ['a:1x b:2x', true]],
    ['of which none is wanted', [share('a', '1x')], 0, ['', true]],
    ['one of which stopped', [share('a', '1x', stopAt('2x')), share('b', '2x 3x')], 5, ['a:1x', true, 'a']],
    ['that stopped behind', [share('a', '1x', stopAt('3x')), share('b', '2x 3x')], 2, ['a:1x b:2x', true]],
    [
      'at whose stop another account has a call',
      [share('b', '', stopAt('2x')), share('a', '2x 2z')],
      5,
      ['a:2x a:2z', true, 'b'],
    ],
    [
      'of which two stopped',
      [share('a', '', stopAt('3x')), share('b', '1x', stopAt('2x')), share('c', '1x 3x')],
      5,
      ['b:1x c:1x', true, 'b'],
    ],
  ])('%s', (_, shares, size, expected) => {
    expect(merge(shares, size)).toEqual([expected[0], expected[1], expected[2]]);
  });

  it('is sorting, but for the size', () => {
    fc.assert(
      fc.property(fc.tuple(callsOf('a'), callsOf('b'), callsOf('c')), fc.nat(30), (given, size) => {
        const sorted = given.map((calls) =>
          calls.toSorted((a, b) => compareListPositions(listPositionOf(a), listPositionOf(b))),
        );
        const shares = sorted.map((calls, i) => ({
          accountKey: 'abc'[i] as string,
          page: { calls, more: false },
        }));
        const all = sorted.flat().sort((a, b) => compareListPositions(listPositionOf(a), listPositionOf(b)));
        const merged = mergePages(shares, compareListPositions, size);
        expect(merged).toEqual({ calls: all.slice(0, size), more: all.length > size });
      }),
    );
  });
});

describe('the order of keys', () => {
  const key = fc.record({
    createdAt: fc.constantFrom(null, momentOf('1'), momentOf('2')),
    accountKey: fc.constantFrom('a', 'b'),
    providerCallId: fc.constantFrom('x', 'y'),
  });

  it('is total', () => {
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        expect(compareListPositions(a, b)).toBe(0 - compareListPositions(b, a));
        expect(compareListPositions(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        if (compareListPositions(a, b) < 0 && compareListPositions(b, c) < 0)
          expect(compareListPositions(a, c)).toBe(-1);
      }),
    );
  });

  it('has calls without a moment before all others', () => {
    const [without, within] = [null, momentOf('1')].map((createdAt) =>
      listPositionOf(someCall({ createdAt })),
    );
    expect(without && within && compareListPositions(without, within)).toBe(-1);
  });
});
