import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/calls/failure.ts';
import type { ListCursor, ListScope } from '../../../src/calls/lists/connection.ts';
import type { CallFilter } from '../../../src/calls/new-call.ts';
import { decodeCursor, encodeCursor, toListScope } from '../../../src/graphql/relay/cursor.ts';
import { codePoint } from '../../support/code-point.ts';
import { runs } from '../../support/runs.ts';
import { someAccount } from '../../support/some-call.ts';

/** A list of these accounts, newest first, but for what is said otherwise. */
function scopeOf(keys: readonly string[], changes: Partial<ListScope> = {}): ListScope {
  const accounts = keys.map((key) => someAccount({ key }));
  return toListScope({ accounts, order: 'NEWEST_FIRST', filter: {}, ...changes });
}

const scope = scopeOf(['alpha', 'beta']);
const plain: ListCursor = {
  position: { createdAt: '2026-11-21T06:20:00.000Z', accountKey: 'alpha', providerCallId: 'c-1' },
};

const createdAt = fc.option(
  fc
    .date({
      noInvalidDate: true,
      min: new Date('0000-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
    })
    .map((date) => date.toISOString()),
);
const manyKeys = ['constructor', ...Array.from({ length: 19 }, (_, i) => `bandwidth-${i}`)];
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
/** Ids as the providers form them, and with a digit changed to one that these never have. */
const formed = fc
  .tuple(
    fc.constantFrom(
      [`c-`, 8, '-', 8, '-', 4, '-', 4, '-', 4, '-', 12],
      ['ID', 32, '-CA', 32],
      ['CA', 32],
      ['RN', 32],
      [8, '-', 4, '-', 4, '-', 4, '-', 12],
    ),
    hex(64),
    fc.option(fc.tuple(fc.nat(68), fc.constantFrom('A', 'g', '-', '\n', 'é', ''))),
  )
  .map(([form, digits, change]) => {
    let at = 0;
    const parts = form.map((part) => {
      if (typeof part === 'string') return part;
      at += part;
      return digits.slice(at - part, at);
    });
    const id = parts.join('');
    return change === null ? id : id.slice(0, change[0]) + change[1] + id.slice(change[0] + 1);
  });
const providerCallId = fc.oneof(
  fc.constantFrom('', '\uffff'),
  formed,
  fc.string({ unit: codePoint, maxLength: 40 }),
);
const position = fc.record({ createdAt, providerCallId });
const hint = fc.stringMatching(/^[a-z0-9 .,;~+/-]{1,128}$/);

/** A list of some accounts, and a cursor of it. */
const listed = fc.subarray(manyKeys, { minLength: 1 }).chain((keys) => {
  const accountKey = fc.constantFrom(...keys);
  const entries = <Value>(value: fc.Arbitrary<Value>) =>
    fc
      .uniqueArray(fc.tuple(accountKey, value), { selector: ([key]) => key, minLength: 1, maxLength: 20 })
      .map((all) => new Map(all));
  const cursor: fc.Arbitrary<ListCursor> = fc.record(
    {
      position: fc.record({
        createdAt,
        accountKey: fc.oneof(accountKey, fc.constantFrom('', '\uffff')),
        providerCallId,
      }),
      hints: entries(hint),
      accountPositions: fc.record({
        direction: fc.constantFrom('forward' as const, 'backward' as const),
        positions: entries(fc.option(position)),
      }),
    },
    { requiredKeys: ['position'] },
  );
  return fc.record({ of: fc.constant(scopeOf(keys)), cursor });
});

function refusalOf(of: ListScope, cursor: string): Refusal | undefined {
  try {
    decodeCursor(of, cursor, 'before');
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe('a cursor', () => {
  it('comes back as the place it stands for', () => {
    fc.assert(
      fc.property(listed, ({ of, cursor }) => {
        expect(decodeCursor(of, encodeCursor(of, cursor), 'after')).toEqual(cursor);
      }),
      { numRuns: runs(500) },
    );
  });

  it.each([
    ['too long', 'n'.repeat(129)],
    ['of other characters', 'n [1]'],
    ['empty', ''],
  ])('leaves out a hint that is %s, and no other', (_, other) => {
    const both = { ...plain, hints: new Map([['alpha', other]]).set('beta', 'n 1') };
    const { hints } = decodeCursor(scope, encodeCursor(scope, both), 'after');
    expect([...(hints ?? [])]).toEqual([['beta', 'n 1']]);
  });

  it.each([
    'w60,1795536714915,1795536714915;n 0.000001234 0.000001234 0.000001234 1795536714915',
    'w9999,-1795536714915,-1795536714915;n 1.23e+4 1.23e+4 1.23e+7 1795536714915',
    'cna.lfls.5k.1z141z2.-mx3avicg.1z141z0.-mx3avicg.1z141z4.-mx36jy1c~100',
  ])('takes the longest hints of searches that would stand still without them: %s', (long) => {
    const given = { ...plain, hints: new Map([['alpha', long]]) };
    expect(decodeCursor(scope, encodeCursor(scope, given), 'after')).toEqual(given);
  });

  it('takes the latest digests of reported rows, as many as there is room for', () => {
    const digests = Array.from({ length: 100 }, (_, i) => `${i}`.padStart(8, '0'));
    const few = { ...plain, reported: digests.slice(-3) };
    expect(decodeCursor(scope, encodeCursor(scope, few), 'after')).toEqual(few);
    const { reported = [] } = decodeCursor(
      scope,
      encodeCursor(scope, { ...plain, reported: digests }),
      'after',
    );
    expect(reported.length).toBeGreaterThan(15);
    expect(reported).toEqual(digests.slice(-reported.length));
  });

  it('is safe in a URL', () => {
    fc.assert(
      fc.property(listed, ({ of, cursor }) => {
        expect(encodeCursor(of, cursor)).toMatch(/^[\w-]+$/);
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
      fc.property(listed, edit, ({ of, cursor: given }, { at, remove, insert }) => {
        const cursor = encodeCursor(of, given);
        const letters = [...cursor];
        letters.splice(at % (cursor.length + 1), remove, insert);
        const changed = letters.join('');
        fc.pre(changed !== cursor);
        expect(refusalOf(of, changed)).toMatchObject({ code: 'INVALID_INPUT', field: ['before'] });
      }),
      { numRuns: runs(500) },
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

  /** A digest of this list and a JSON array. */
  const json = '["2026-11-21T06:20:00.000Z","alpha","c-1"]';
  const digest = createHash('sha256').update(scope.fingerprint).update(json).digest().subarray(0, 9);
  const versionOne = Buffer.concat([digest, Buffer.from(json)]).toString('base64url');

  /** Holds letters that the two alphabets of Base64 write differently. */
  const odd = encodeCursor(scope, { position: { ...plain.position, providerCallId: '?>'.repeat(9) } });

  it.each([
    ['nothing', ''],
    ['text', 'first'],
    ['a global id', 'Q2FsbDptYWluOmMtMQ'],
    ['a digest without a place', 'AAAAAAAAAAAA'],
    ['one of version 1', versionOne],
    ['longer than any', 'A'.repeat(1_000_000)],
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
  const createdAt = '2026-11-21T06:20:00.123Z';
  const ids = [
    ['Bandwidth', 'c-15ac29a2-1331029c-2cb0-4a07-b215-b22865662d85'],
    ['Restcomm Connect', 'ID8555f97abe0441e0a07ca2da3a081871-CAc0fb839632cf444f9066876d5de741e0'],
    ['Restcomm Connect until 2017', 'CAc0fb839632cf444f9066876d5de741e0'],
    ['Restcomm SBC', 'RN0fb839632cf444f9066876d5de741e00'],
    ['no form that is known', 'CAzyxwvutsrqponmlkjihgfedcba987654'],
  ] as const;
  /** The longest hints that pages of a list of a million calls have. */
  const hints = ['n 157.9 157.9 6.673 2.136', 'cn.lfls.2.lc0g.-mx36g9bk.lc1s.-mx320ziw'];

  it.each(ids)('is at most 80 characters for a position alone, with an id of %s', (_, providerCallId) => {
    const of = scopeOf(manyKeys.slice(0, 14));
    expect(
      encodeCursor(of, { position: { createdAt, accountKey: 'bandwidth-3', providerCallId } }).length,
    ).toBeLessThanOrEqual(80);
  });

  it.each([1, 2, 3, 8, 20].flatMap((accounts) => ids.map(([name, id]) => [accounts, name, id] as const)))(
    'is at most 120 with all hints, and 40 more for each further account: %i, %s',
    (accounts, _, id) => {
      const keys = manyKeys.slice(0, accounts);
      const cursor = {
        position: { createdAt, accountKey: 'constructor', providerCallId: id },
        hints: new Map(keys.map((key, i) => [key, hints[i % 2] ?? ''])),
        reported: Array<string>(100).fill('0123abcd'),
      };
      expect(encodeCursor(scopeOf(keys), cursor).length).toBeLessThanOrEqual(120 + 40 * (accounts - 1));
    },
  );

  it.each([
    ['that could not be read from the beginning', 2, null],
    ['that is searched up to a time', 14, { createdAt, providerCallId: '\uffff' }],
    ['that stands elsewhere', 40, { createdAt, providerCallId: ids[0][1] }],
  ])('grows little with each account %s', (_, most, at) => {
    const sizeOf = (keys: readonly string[]) => {
      const accountPositions = {
        direction: 'forward' as const,
        positions: new Map(keys.map((key) => [key, at])),
      };
      return encodeCursor(scopeOf(manyKeys.slice(0, 14)), { ...plain, accountPositions }).length;
    };
    const [one, eight] = [sizeOf(manyKeys.slice(0, 1)), sizeOf(manyKeys.slice(0, 8))];
    expect((eight - one) / 7).toBeLessThanOrEqual(most);
  });
});
