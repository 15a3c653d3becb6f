import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/calls/failure.ts';
import {
  decodeAccountId,
  decodeCallId,
  decodeGlobalId,
  encodeGlobalId,
  type GlobalId,
} from '../../../src/graphql/relay/global-id.ts';
import { base64url } from '../../support/client-ids.ts';
import { codePoint } from '../../support/code-point.ts';
import { runs } from '../../support/runs.ts';

const accountKey = fc.stringMatching(/^[a-z0-9-]{1,30}$/);
const account = fc.record({ type: fc.constant('Account' as const), accountKey });
const call = fc.record({
  type: fc.constant('Call' as const),
  accountKey,
  providerCallId: fc.string({ unit: codePoint, minLength: 1, maxLength: 64 }),
});

function refusalOf(decode: () => GlobalId): Refusal | undefined {
  try {
    decode();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe('a global id', () => {
  it('comes back as what it stands for', () => {
    fc.assert(
      fc.property(fc.oneof(account, call), (id) => {
        expect(decodeGlobalId(encodeGlobalId(id))).toEqual(id);
      }),
      { numRuns: 500 },
    );
  });

  it('is safe in a URL, and short', () => {
    const id = encodeGlobalId({ type: 'Call', accountKey: 'main', providerCallId: 'CA'.padEnd(34, '0') });
    expect(id).toMatch(/^[\w-]+$/);
    expect(id.length).toBeLessThan(70);
  });

  it('stays the same for ever, since clients keep it', () => {
    expect(encodeGlobalId({ type: 'Account', accountKey: 'main' })).toBe('QWNjb3VudDptYWlu');
    expect(encodeGlobalId({ type: 'Call', accountKey: 'main', providerCallId: 'c-1' })).toBe(
      'Q2FsbDptYWluOmMtMQ',
    );
  });

  it('is the only spelling of what it stands for', () => {
    const id = fc.oneof(account, call).map(encodeGlobalId);
    const letter = fc.constantFrom(...'ABCxyz019-_=+/ ');
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat(2),
      insert: fc.string({ unit: letter, maxLength: 2 }),
    });
    fc.assert(
      fc.property(id, edit, (original, { at, remove, insert }) => {
        const letters = [...original];
        letters.splice(at % (original.length + 1), remove, insert);
        const changed = letters.join('');
        const refusal = refusalOf(() => decodeGlobalId(changed));
        if (refusal === undefined) expect(encodeGlobalId(decodeGlobalId(changed))).toBe(changed);
        else expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: ['id'] });
      }),
      { numRuns: runs(400) },
    );
  });

  it.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['plain text', 'Call:main:c-1'],
    ["a provider's own id", 'c-15ac29a2-1331029c-2cb0-4a07-b215-b22865662d85'],
    ['an unknown type', base64url('User:main')],
    ['a type in lower case', base64url('call:main:c-1')],
    ['no type', base64url(':main:c-1')],
    ['no key', base64url('Account:')],
    ['a key in upper case', base64url('Account:Main')],
    ['a key with a line end', base64url('Account:main\n')],
    ['a call without id', base64url('Call:main:')],
    ['a call without account', base64url('Call::c-1')],
    ['a call with half of it', base64url('Call:main')],
    ['an account with too much', base64url('Account:main:c-1')],
    ['something before it', base64url(' Account:main')],
    ['an endless id', base64url(`Call:main:${'x'.repeat(513)}`)],
    ['bytes that are not UTF-8', base64url(Buffer.concat([Buffer.from('Call:main:'), Buffer.of(0xff)]))],
    ['padding', `${base64url('Account:key1')}=`],
    ['the other alphabet of Base64', Buffer.from('Call:main:???>').toString('base64')],
    ['a line end', `${base64url('Account:main')}\n`],
    ['bits that nobody reads', 'Q2FsbDptYWluOmMtMR'],
  ])('is none, and refused by the name of its field: %s', (_, id) => {
    const refusal = refusalOf(() => decodeGlobalId(id, ['input', 'id']));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'id'] });
    expect(refusal?.message).toBe('`input.id` is not an id that this API gave out.');
  });
});

describe('an id of one type', () => {
  const ofAccount = encodeGlobalId({ type: 'Account', accountKey: 'main' });
  const ofCall = encodeGlobalId({ type: 'Call', accountKey: 'main', providerCallId: 'a:b' });

  it('is read as that type', () => {
    expect(decodeAccountId(ofAccount)).toEqual({ type: 'Account', accountKey: 'main' });
    expect(decodeCallId(ofCall)).toEqual({ type: 'Call', accountKey: 'main', providerCallId: 'a:b' });
  });

  it('is refused as another', () => {
    expect(refusalOf(() => decodeAccountId(ofCall, ['input', 'accountId']))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'accountId'],
      message: '`input.accountId` must be the id of an account, not of a call.',
    });
    expect(refusalOf(() => decodeCallId(ofAccount))).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['id'],
      message: '`id` must be the id of a call, not of an account.',
    });
  });

  it('is refused as none', () => {
    expect(refusalOf(() => decodeCallId('x', ['filter', 'parentId']))).toMatchObject({
      field: ['filter', 'parentId'],
    });
    expect(refusalOf(() => decodeAccountId('x'))).toMatchObject({ field: ['id'] });
  });
});
