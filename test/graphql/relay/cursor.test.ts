import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/calls/failure.ts';
import type { ListCursor, ListScope } from '../../../src/calls/lists/connection.ts';
import type { CallFilter } from '../../../src/calls/new-call.ts';
import { decodeCursor, encodeCursor, fingerprintOf } from '../../../src/graphql/relay/cursor.ts';
import { cursorOf } from '../../support/client-ids.ts';
import { someAccount } from '../../support/some-call.ts';

/** A list of these accounts, newest first, but for what is said otherwise. */
function scopeOf(keys: readonly string[], changes: Partial<ListScope> = {}): ListScope {
  const accounts = keys.map((key) => someAccount({ key }));
  const unsealed = { accounts, order: 'NEWEST_FIRST' as const, filter: {}, ...changes };
  return { ...unsealed, fingerprint: fingerprintOf(unsealed) };
}

const scope = scopeOf(['alpha', 'beta']);
const plain: ListCursor = {
  position: { createdAt: '2026-11-21T06:20:00.000Z', accountKey: 'alpha', providerCallId: 'c-1' },
};

const createdAt = fc.option(
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z') })
    .map((date) => date.toISOString()),
);
const accountKey = fc.oneof(fc.constant('constructor'), fc.stringMatching(/^[a-z0-9-]{1,12}$/));
const providerCallId = fc.oneof(fc.constantFrom('', '\uffff'), fc.string({ unit: 'binary', maxLength: 40 }));
const position = fc.record({ createdAt, providerCallId });
const entries = <Value>(value: fc.Arbitrary<Value>) =>
  fc.uniqueArray(fc.tuple(accountKey, value), { selector: ([key]) => key, minLength: 1, maxLength: 4 });
const place: fc.Arbitrary<ListCursor> = fc.record(
  {
    position: fc.record({ createdAt, accountKey, providerCallId }),
    hints: entries(fc.string({ unit: 'binary' })).map((all) => new Map(all)),
    accountPositions: fc.record({
      direction: fc.constantFrom('forward' as const, 'backward' as const),
      positions: entries(fc.option(position)).map((all) => new Map(all)),
    }),
    reported: fc.array(fc.stringMatching(/^[\w-]{8}$/), { minLength: 1, maxLength: 100 }),
  },
  { requiredKeys: ['position'] },
);

function refusalOf(of: ListScope, cursor: string): Refusal | undefined {
  try {
    decodeCursor(of, cursor, 'before');
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** A cursor that anyone can make up, who knows how: its digest is right. */
function forge(json: string): string {
  return cursorOf(scope.fingerprint, json);
}

describe('a cursor', () => {
  it.each([
    '',
    'null',
    '{}',
    '[]',
    '[1,2,3]',
    '["yesterday","a","b"]',
    '[null,"a","b",[["a",1]]]',
    '[null,"a"',
    '[null,"a","b",[],null,[],["longer than a mark"]]',
  ])('that is made up of %j is refused', (json) => {
    expect(refusalOf(scope, forge(json))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('with more hints than there are accounts and marks is refused unread', () => {
    const hints = [...Array(101).keys()].map((i) => [`a${i}`, 'h']);
    const madeUp = (many: number) => forge(JSON.stringify([null, 'a', 'b', hints.slice(0, many)]));
    expect(refusalOf(scope, madeUp(100))).toBeUndefined();
    expect(refusalOf(scope, madeUp(101))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('comes back as the place it stands for', () => {
    fc.assert(
      fc.property(place, (given) => {
        expect(decodeCursor(scope, encodeCursor(scope, given), 'after')).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it('may have a long token of a provider in it', () => {
    const long = { ...plain, hints: new Map([['alpha', `o 300  ${'t'.repeat(4096)}`]]) };
    expect(decodeCursor(scope, encodeCursor(scope, long), 'after')).toEqual(long);
  });

  it('is safe in a URL', () => {
    fc.assert(
      fc.property(place, (given) => {
        expect(encodeCursor(scope, given)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it('is refused when any character of it is lost, added or another one', () => {
    const letter = fc.constantFrom(...'ABCMNOxyz0189-_=+/ \n');
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat(3),
      insert: fc.string({ unit: letter, maxLength: 3 }),
    });
    fc.assert(
      fc.property(place, edit, (given, { at, remove, insert }) => {
        const cursor = encodeCursor(scope, given);
        const letters = [...cursor];
        letters.splice(at % (cursor.length + 1), remove, insert);
        const changed = letters.join('');
        fc.pre(changed !== cursor);
        expect(refusalOf(scope, changed)).toMatchObject({ code: 'INVALID_INPUT', field: ['before'] });
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused with any one character changed or cut off', () => {
    const cursor = encodeCursor(scope, plain);
    const damaged = [...cursor].flatMap((letter, i) => [
      cursor.slice(0, i),
      cursor.slice(0, i) + cursor.slice(i + 1),
      `${cursor.slice(0, i)}${letter === 'A' ? 'B' : 'A'}${cursor.slice(i + 1)}`,
    ]);
    expect(damaged.filter((each) => refusalOf(scope, each) === undefined)).toEqual([]);
  });

  /** Holds letters that the two alphabets of Base64 write differently. */
  const odd = encodeCursor(scope, { position: { ...plain.position, providerCallId: '?>'.repeat(9) } });

  it.each([
    ['nothing', ''],
    ['text', 'first'],
    ['a global id', 'Q2FsbDptYWluOmMtMQ'],
    ['a digest without a place', 'AAAAAAAAAAAA'],
    ['padding', `${encodeCursor(scope, plain)}=`],
    ['the other alphabet of Base64', odd.replaceAll('_', '/').replaceAll('-', '+')],
    ['a blank before it', ` ${encodeCursor(scope, plain)}`],
  ])('is refused when it is %s', (_, cursor) => {
    const refusal = refusalOf(scope, cursor);
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: ['before'] });
    expect(refusal?.message).toContain('`before` is not a cursor of this list');
  });
});

describe('a cursor of another list', () => {
  const filters: CallFilter[] = [
    { to: '+1' },
    { to: '+2' },
    { from: '+1' },
    { to: '+1', from: '+1' },
    { statuses: ['BUSY'] },
    { statuses: ['BUSY', 'FAILED'] },
    { direction: 'INBOUND' },
    { parentId: 'c-1' },
    { createdAfter: '2026-11-21T06:20:00.000Z' },
    { createdBefore: '2026-11-21T06:20:00.000Z' },
  ];
  const lists: [string, ListScope][] = [
    ['of both accounts', scope],
    ['of one account', scopeOf(['alpha'])],
    ['of another account', scopeOf(['gamma'])],
    ['of one more account', scopeOf(['alpha', 'beta', 'gamma'])],
    ['in another order', scopeOf(['alpha', 'beta'], { order: 'OLDEST_FIRST' })],
    ...filters.map((filter): [string, ListScope] => [
      `with the filter ${JSON.stringify(filter)}`,
      scopeOf(['alpha', 'beta'], { filter }),
    ]),
  ];

  it.each(lists)('is refused by every list but its own, the one %s', (name, own) => {
    const accepting = lists.filter(([, other]) => refusalOf(other, encodeCursor(own, plain)) === undefined);
    expect(accepting.map(([other]) => other)).toEqual([name]);
  });

  it('is one of this list however the list is written', () => {
    const filter: CallFilter = { to: '+1', direction: 'INBOUND' };
    const cursor = encodeCursor(scopeOf(['alpha', 'beta'], { filter }), plain);
    const same = scopeOf(['beta', 'alpha'], { filter: { direction: 'INBOUND', to: '+1' } });
    expect(decodeCursor(same, cursor, 'after')).toEqual(plain);
  });

  it('may be one of this list after an account was renamed', () => {
    const renamed = scopeOf([], {
      accounts: [someAccount({ key: 'alpha', name: 'New' }), someAccount({ key: 'beta' })],
    });
    expect(refusalOf(renamed, encodeCursor(scope, plain))).toBeUndefined();
  });
});

describe('the size of a cursor', () => {
  const sizeOf = (given: ListCursor) => encodeCursor(scope, given).length;
  const keys = Array.from({ length: 8 }, (_, i) => `bandwidth-${i}`);

  it('is about a hundred characters', () => {
    const position = { ...plain.position, providerCallId: 'c-15ac29a2-1331029c-2cb0-4a07-b215-b22865662d85' };
    expect(sizeOf({ position })).toBeLessThan(140);
  });

  it('does not grow with accounts that have nothing to add', () => {
    expect(sizeOf({ ...plain, hints: undefined, accountPositions: undefined })).toBe(sizeOf(plain));
  });

  it.each([
    ['that gives a hint', 40, (some: string[]) => ({ hints: new Map(some.map((key) => [key, 'page-12'])) })],
    [
      'that could not be read from the beginning',
      30,
      (some: string[]) => ({
        accountPositions: {
          direction: 'forward' as const,
          positions: new Map(some.map((key) => [key, null])),
        },
      }),
    ],
    [
      'that stands elsewhere',
      90,
      (some: string[]) => ({
        accountPositions: {
          direction: 'forward' as const,
          positions: new Map(
            some.map((key) => [key, { createdAt: plain.position.createdAt, providerCallId: '' }]),
          ),
        },
      }),
    ],
  ])('grows little with each account %s', (_, most, extras) => {
    const one = sizeOf({ ...plain, ...extras(keys.slice(0, 1)) });
    const eight = sizeOf({ ...plain, ...extras(keys) });
    expect((eight - one) / 7).toBeLessThan(most);
  });
});
