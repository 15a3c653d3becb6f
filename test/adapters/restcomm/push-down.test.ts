import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createConnect, sbc } from '../../../src/adapters/restcomm/dialect.ts';
import { createMatcher, isEmpty, toPushDown, toUserPart } from '../../../src/adapters/restcomm/push-down.ts';
import { statusWords } from '../../../src/adapters/restcomm/words.ts';
import type { Call } from '../../../src/calls/call.ts';
import type { CallFilter } from '../../../src/calls/new-call.ts';

const connect = createConnect(`AC${'a'.repeat(32)}`);
const pushed = (filter: CallFilter) => toPushDown(filter, connect);

test.each([
  ['alice', 'alice'],
  [' alice ', 'alice'],
  ['client:alice', 'alice'],
  ['client:alice?X-A=b', 'alice'],
  ['sip:alice@example.com', 'alice'],
  ['sip:alice@example.com:5080;transport=udp?X-A=b', 'alice'],
  ['SIPS:alice@example.com', 'alice'],
  ['sip:alice:secret@example.com', 'alice'],
  ['sip:alice', 'alice'],
  ['alice@example.com', 'alice'],
  ['+12125550100', '+12125550100'],
  ['CALLS REST API', 'CALLS REST API'],
  ['clients', 'clients'],
  ['a:b', 'a:b'],
])('the user part of %s is %s', (address, user) => {
  expect(toUserPart(address)).toBe(user);
});

describe('toPushDown', () => {
  test.each<[CallFilter, Record<string, string> | null]>([
    [{}, {}],
    [{ to: 'client:alice' }, { To: 'alice%' }],
    [{ from: '1-234' }, { From: '1%2%3%4%' }],
    [{ to: '+12' }, { To: '+%1%2%' }],
    [{ to: '+12345' }, { To: '1%2%3%4%5%' }],
    [{ to: '+1 (919) 555-4321' }, { To: '5%4%3%2%1%' }],
    [{ to: 'sip:+19195554321@example.com' }, { To: '5%4%3%2%1%' }],
    // Wildcards that cannot be escaped, and MariaDB's escape character.
    [{ to: 'a_b' }, {}],
    [{ to: '50%' }, {}],
    [{ to: 'a\\b' }, {}],
    [{ to: '' }, {}],
    [{ to: 'sip:@host' }, {}],
    [{ statuses: ['BUSY'] }, { Status: '____' }],
    [{ statuses: ['IN_PROGRESS'] }, { Status: '___________' }],
    [{ statuses: ['COMPLETED', 'NO_ANSWER'] }, { Status: '_________' }],
    [{ statuses: ['COMPLETED', 'BUSY'] }, {}],
    // failed and not-found are of different lengths.
    [{ statuses: ['FAILED'] }, {}],
    [{ statuses: ['UNKNOWN'] }, {}],
    [{ statuses: ['INITIATED'] }, null],
    [{ statuses: [] }, null],
    [{ endReason: 'BUSY' }, { Status: '____' }],
    [{ endReason: 'PROVIDER_ERROR' }, { Status: '______' }],
    [{ endReason: 'NOT_FOUND', statuses: ['FAILED'] }, { Status: '_________' }],
    [{ endReason: 'UNKNOWN' }, {}],
    [{ endReason: 'REJECTED' }, null],
    [{ endReason: 'BUSY', statuses: ['COMPLETED'] }, null],
    [{ direction: 'INBOUND' }, {}],
    [{ parentId: 'CA1' }, { ParentCallSid: 'CA1' }],
    [{ parentId: 'CA_' }, {}],
    // The day before, which has begun in every zone.
    [{ createdAfter: '2026-03-01T00:30:00.000Z' }, { StartTime: '2026-02-28' }],
    [{ createdAfter: '1969-03-01T00:30:00.000Z' }, {}],
    [{ createdAfter: '0000-01-01T00:00:00.000Z' }, {}],
    [{ createdBefore: '2026-03-01T00:30:00.000Z' }, {}],
  ])('of %j is %j', (filter, parameters) => {
    expect(pushed(filter)).toEqual(parameters);
  });

  test('finds no children at SBC, whose parents are no calls', () => {
    expect(toPushDown({ parentId: 'RN1' }, sbc)).toBeNull();
    expect(toPushDown({}, sbc)).toEqual({});
  });

  test('lets through every call that the filter wants', () => {
    const phone = fc.constantFrom('+12125550100', '+1 (212) 555-0100', '12125550100', '212', ' 212 ');
    const name = fc.constantFrom(
      'alice',
      'malice',
      ' alice',
      'Alice',
      'a_b',
      '50%',
      'sip:alice@host',
      'client:alice',
    );
    const text = fc.oneof(phone, name, fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(text, text, (to, wanted) => {
        const filter: CallFilter = { to: wanted };
        const like = pushed(filter)?.To;
        const isWanted = createMatcher(filter)({ to } as Call);
        expect(isWanted && like !== undefined && !isLike(to, `%${like}`)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([...statusWords])('lets %s through when calls that are %s are wanted', (word, status) => {
  const pattern = pushed({ statuses: [status] })?.Status;
  expect(pattern === undefined || isLike(word, pattern)).toBe(true);
});

test.each<[string, string, boolean]>([
  ['alice', 'alice', true],
  ['alice', 'malice', false],
  ['client:alice', 'alice', true],
  ['sip:alice@example.com', 'alice', true],
  ['sip:alice@example.com', 'sip:alice@example.com', true],
  ['alice', 'sip:alice@example.com', false],
  ['+1 212 555', '+1212555', true],
  ['2259', '1112259', false],
])('%s asks for %s: %s', (wanted, recorded, isWanted) => {
  const call = { to: recorded, from: recorded, status: 'BUSY' } as Call;
  expect(createMatcher({ to: wanted })(call)).toBe(isWanted);
  expect(createMatcher({ from: wanted, to: recorded })(call)).toBe(isWanted);
  expect(createMatcher({ from: wanted, statuses: ['FAILED'] })(call)).toBe(false);
});

test('a filter is empty when nothing in it is defined', () => {
  expect(isEmpty({})).toBe(true);
  expect(isEmpty({ to: undefined } as unknown as CallFilter)).toBe(true);
  expect(isEmpty({ to: '' })).toBe(false);
});

describe('a pattern is cheap for a database that tries every way to match it', () => {
  const most = 10_000_000;

  test('where the number wanted and the text recorded were the worst of the patterns with all digits', () => {
    const recorded = `+3${'0'.repeat(59)}`;
    expect(comparisons(recorded, `%${pushed({ to: `+3${'0'.repeat(12)}1` })?.To}`)).toBeLessThan(most);
    expect(comparisons(recorded, `%${pushed({ to: '+19195554321' })?.To}`)).toBeLessThan(100);
  });

  test('whatever number is wanted, in a column of 64 characters that repeat a few digits', () => {
    const runs = fc.array(fc.tuple(fc.constantFrom('0', '1'), fc.integer({ min: 1, max: 64 })), {
      minLength: 1,
      maxLength: 5,
    });
    const number = fc.array(fc.constantFrom('0', '1', '2'), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(number, runs, (digits, parts) => {
        const recorded = parts.map(([digit, times]) => digit.repeat(times)).join('');
        const pattern = `%${pushed({ to: digits.join('') })?.To}`;
        expect(comparisons(recorded.slice(0, 64), pattern)).toBeLessThan(most);
      }),
    );
  });

  test('also for names, which hold no wildcard but the last', () => {
    const pattern = `%${pushed({ to: `${'a'.repeat(60)}b` })?.To}`;
    expect(comparisons('a'.repeat(64), pattern)).toBeLessThan(64 * 64);
  });
});

/** How many characters HSQLDB compares: at each `%` it tries all that may follow (org.hsqldb.Like, compareAt). */
function comparisons(text: string, pattern: string): number {
  let count = 0;
  const isMatchFrom = (from: number, token: number): boolean => {
    let at = from;
    for (let next = token; next < pattern.length; next += 1) {
      if (pattern[next] !== '%') {
        count += 1;
        if (text[at] !== pattern[next]) return false;
        at += 1;
        continue;
      }
      if (next + 1 === pattern.length) return true;
      for (; at < text.length; at += 1) {
        count += 1;
        if (text[at] === pattern[next + 1] && isMatchFrom(at, next + 1)) return true;
      }
      return false;
    }
    return at === text.length;
  };
  isMatchFrom(0, 0);
  return count;
}

/** SQL's LIKE, without an escape character. */
function isLike(text: string, pattern: string): boolean {
  const source = [...pattern].map((each) => {
    if (each === '%') return '.*';
    return each === '_' ? '.' : each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 's').test(text);
}
