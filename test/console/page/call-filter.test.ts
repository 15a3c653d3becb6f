import { expect, test } from 'vitest';
import { noFilter } from '../../../src/console/page/address.ts';
import { type Filterable, matches, toListArguments } from '../../../src/console/page/call-filter.ts';

const call: Filterable = {
  from: '+19195550100',
  to: 'alice',
  direction: 'OUTBOUND',
  status: 'RINGING',
  account: { id: 'one' },
};

test.each([
  [{}, true],
  [{ status: 'live' }, true],
  [{ status: 'ended' }, false],
  [{ status: 'RINGING' }, true],
  [{ status: 'BUSY' }, false],
  [{ direction: 'OUTBOUND' }, true],
  [{ direction: 'INBOUND' }, false],
  [{ account: 'one' }, true],
  [{ account: 'two' }, false],
  [{ from: '+1 (919) 555-0100' }, true],
  [{ from: '+19195550101' }, false],
  [{ to: 'alice', status: 'live' }, true],
  [{ to: 'bob' }, false],
])('a call is in the list with %o: %s', (words, expected) => {
  expect(matches(call, toListArguments({ ...noFilter, ...words }))).toBe(expected);
});

test('a list without filters has no arguments, and a status that does not exist matches nothing', () => {
  expect(toListArguments(noFilter)).toEqual({});
  expect(matches(call, toListArguments({ ...noFilter, status: 'nonsense' }))).toBe(false);
});
