import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/calls/failure.ts';
import type { ListCursor, ListScope } from '../../../src/calls/lists/connection.ts';
import type { AccountCallsArgs } from '../../../src/generated/schema.ts';
import { encodeCursor } from '../../../src/graphql/relay/cursor.ts';
import { encodeGlobalId } from '../../../src/graphql/relay/global-id.ts';
import { toListRequest } from '../../../src/graphql/resolvers/to-list-request.ts';
import { someAccount } from '../../support/some-call.ts';

const [alpha, beta] = [someAccount(), someAccount({ key: 'beta' })];
const place: ListCursor = { position: { createdAt: null, accountKey: 'alpha', providerCallId: 'c-1' } };

function request(args: Partial<AccountCallsArgs> = {}, accounts = [alpha, beta]) {
  return toListRequest(accounts, { orderBy: 'NEWEST_FIRST', ...args });
}

function cursorOf(scope: ListScope): string {
  return encodeCursor(scope, place);
}

function refusalOf(args: Partial<AccountCallsArgs>): Refusal | undefined {
  try {
    request(args);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const callId = (accountKey: string) => encodeGlobalId({ type: 'Call', accountKey, providerCallId: 'c-9' });

describe('a filter by an address', () => {
  it.each(['to', 'from'] as const)(
    'that is read in another order than it is compared in is refused: %s',
    (name) => {
      expect(refusalOf({ filter: { [name]: '+1919\u202e3210555' } })).toMatchObject({
        code: 'INVALID_INPUT',
        field: ['filter', name],
        message: `\`filter.${name}\` holds a character that cannot be seen, U+202E.`,
      });
    },
  );
});

describe('a list request', () => {
  it('asks for the first twenty by default', () => {
    expect(request()).toMatchObject({
      accounts: [alpha, beta],
      order: 'NEWEST_FIRST',
      filter: {},
      direction: 'forward',
      size: 20,
      after: undefined,
      before: undefined,
    });
  });

  it.each<[Partial<AccountCallsArgs>, string, number]>([
    [{ first: 5 }, 'forward', 5],
    [{ first: 0 }, 'forward', 0],
    [{ first: 500 }, 'forward', 500],
    [{ first: null, last: null }, 'forward', 20],
    [{ last: 5 }, 'backward', 5],
    [{ last: 0, first: null }, 'backward', 0],
    [{ last: 500 }, 'backward', 500],
  ])('%j reads %s, %d', (args, direction, size) => {
    expect(request(args)).toMatchObject({ direction, size });
  });

  it.each<[Partial<AccountCallsArgs>, string, string]>([
    [{ first: -1 }, 'first', '`first` must be between 0 and 500, but is -1.'],
    [{ first: 501 }, 'first', '`first` must be between 0 and 500, but is 501.'],
    [{ last: -1 }, 'last', '`last` must be between 0 and 500, but is -1.'],
    [{ last: 501 }, 'last', '`last` must be between 0 and 500, but is 501.'],
    [{ first: 1, last: 1 }, 'last', 'Give `first` or `last`, not both.'],
  ])('%j is refused', (args, field, message) => {
    expect(refusalOf(args)).toMatchObject({ code: 'INVALID_INPUT', field: [field], message });
  });

  it('takes its own cursors, on either side', () => {
    const { after, before } = request({ after: cursorOf(request()), before: cursorOf(request()), first: 1 });
    expect([after, before]).toEqual([place, place]);
    expect(request({ after: null, before: null })).toMatchObject({ after: undefined, before: undefined });
  });

  it('takes its cursor with another size, and the other way', () => {
    const after = cursorOf(request({ first: 5 }));
    expect(request({ first: 10, after }).after).toEqual(place);
    expect(request({ last: 10, before: after }).before).toEqual(place);
  });

  it.each<[string, Partial<AccountCallsArgs>, string]>([
    ['no cursor', { after: 'x' }, 'after'],
    ['an empty one', { before: '' }, 'before'],
    ['one of another order', { after: cursorOf(request({ orderBy: 'OLDEST_FIRST' })) }, 'after'],
    ['one of another filter', { before: cursorOf(request({ filter: { to: '+1' } })) }, 'before'],
    ['one of other accounts', { after: cursorOf(request({}, [alpha])) }, 'after'],
    ['one of a call', { after: callId('alpha') }, 'after'],
  ])('is refused with %s, never read from the start', (_, args, field) => {
    expect(refusalOf(args)).toMatchObject({ code: 'INVALID_INPUT', field: [field] });
  });
});

describe('the filter of a list request', () => {
  it('has no nulls', () => {
    const filter = { to: '+1', from: null, statuses: null, parentId: null, createdAfter: null };
    expect(request({ filter }).filter).toEqual({ to: '+1' });
    expect(request({ filter: null }).filter).toEqual({});
  });

  it('is the same list however its statuses are written', () => {
    const one = request({ filter: { statuses: ['FAILED', 'BUSY', 'FAILED'] } });
    const other = request({ filter: { statuses: ['BUSY', 'FAILED'] } });
    expect(one.filter).toEqual({ statuses: ['BUSY', 'FAILED'] });
    expect(one.fingerprint).toBe(other.fingerprint);
  });

  it('must name at least one status', () => {
    expect(refusalOf({ filter: { statuses: [] } })).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['filter', 'statuses'],
    });
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \t'],
    ['more than 256 characters', '9'.repeat(257)],
    ['half a character', 'sip:\ud83d@example.com'],
    ['a character that cannot be seen', 'ali\u200bce'],
    ['more than a number', '+19195550100/01'],
  ])('is refused with %s for an address', (_, address) => {
    for (const name of ['to', 'from']) {
      expect(refusalOf({ filter: { [name]: address } })).toMatchObject({
        code: 'INVALID_INPUT',
        field: ['filter', name],
      });
    }
  });

  it.each(['9'.repeat(256), 'sip:\u{1f4de}@example.com', 'client:alice'])('takes the address %j', (to) => {
    expect(request({ filter: { to } }).filter).toEqual({ to });
  });

  it.each([' +1 (919) 555-0100 ', '\u202a+19195550100\u202c', '+1919\u20115550100', '＋19195550100'])(
    'takes the address %j as a create dials it, and it is the same list',
    (written) => {
      const dialled = { to: '+19195550100', from: '+19195550100' };
      const asWritten = request({ filter: { to: written, from: written } });
      expect(asWritten.filter).toEqual(dialled);
      expect(asWritten).toEqual(request({ filter: dialled }));
    },
  );

  it("by a parent reads the parent's account alone", () => {
    expect(request({ filter: { parentId: callId('beta') } })).toMatchObject({
      accounts: [beta],
      filter: { parentId: 'c-9' },
    });
    expect(request({ filter: { parentId: callId('gamma') } }).accounts).toEqual([]);
  });

  it.each([
    ['nonsense', 'x'],
    ['an account', encodeGlobalId({ type: 'Account', accountKey: 'alpha' })],
  ])('is refused with %s for a parent', (_, parentId) => {
    expect(refusalOf({ filter: { parentId } })).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['filter', 'parentId'],
    });
  });
});
