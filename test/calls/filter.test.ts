import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { isMatch } from '../../src/calls/filter.ts';
import type { CallFilter } from '../../src/calls/new-call.ts';
import { someCall } from '../support/some-call.ts';

const before = '2026-11-21T06:19:59.999Z';
const at = '2026-11-21T06:20:00.000Z';
const after = '2026-11-21T06:20:00.001Z';

describe('a filter', () => {
  it.each<[string, CallFilter, Partial<Call>, boolean]>([
    ['that asks for nothing', {}, {}, true],
    ['by to', { to: '+19195551234' }, { to: '+19195551234' }, true],
    ['by to, written otherwise', { to: '+1 (919) 555-1234' }, { to: '+19195551234' }, true],
    ['by to, with an answer written otherwise', { to: '+19195551234' }, { to: '+1.919.555.1234' }, true],
    ['by to, with what cannot be seen', { to: '\u202a+1919\u20115551234' }, { to: '+19195551234' }, true],
    ['by to, read in another order', { to: '+1919\u202e3210555' }, { to: '+19193210555' }, false],
    ['by to, of another line', { to: '+1919555123/4' }, { to: '+19195551234' }, false],
    ['by to, without its plus', { to: '19195551234' }, { to: '+19195551234' }, false],
    ['by part of to', { to: '+1919555' }, { to: '+19195551234' }, false],
    ['by a SIP URI', { to: 'sip:alice@example.com' }, { to: 'sip:alice@example.com' }, true],
    ['by a SIP URI in other case', { to: 'sip:Alice@example.com' }, { to: 'sip:alice@example.com' }, false],
    ['by wildcards, which are none', { to: '%' }, { to: 'client:alice' }, false],
    ['by from', { from: '+19195554321' }, { from: '+19195554321' }, true],
    ['by another from', { from: '+19195551234' }, { from: '+19195554321' }, false],
    ['by one of several statuses', { statuses: ['BUSY', 'FAILED'] }, { status: 'FAILED' }, true],
    ['by other statuses', { statuses: ['BUSY', 'FAILED'] }, { status: 'COMPLETED' }, false],
    ['by direction', { direction: 'INBOUND' }, { direction: 'INBOUND' }, true],
    ['by another direction', { direction: 'INBOUND' }, { direction: 'UNKNOWN' }, false],
    ['by end reason', { endReason: 'HANGUP' }, { endReason: 'HANGUP' }, true],
    ['by end reason, of a live call', { endReason: 'HANGUP' }, { endReason: null }, false],
    ['by parent', { parentId: 'c-9' }, { parentId: 'c-9' }, true],
    ['by parent, of a call without', { parentId: 'c-9' }, { parentId: null }, false],
    ['created after', { createdAfter: before }, { createdAt: at }, true],
    ['created at or after', { createdAfter: at }, { createdAt: at }, true],
    ['created too early', { createdAfter: after }, { createdAt: at }, false],
    ['created before', { createdBefore: after }, { createdAt: at }, true],
    ['created before or at', { createdBefore: at }, { createdAt: at }, true],
    ['created too late', { createdBefore: before }, { createdAt: at }, false],
    ['created after, of a call without moment', { createdAfter: before }, { createdAt: null }, false],
    ['created before, of a call without moment', { createdBefore: after }, { createdAt: null }, false],
    ['of which one condition fails', { direction: 'INBOUND', to: '+1' }, { direction: 'INBOUND' }, false],
  ])('%s', (_, filter, call, expected) => {
    expect(isMatch(someCall(call), filter)).toBe(expected);
  });

  it('matches when each of its conditions does', () => {
    const conditions = fc.record<CallFilter>(
      {
        to: fc.constantFrom('+19195551234', '+1'),
        direction: fc.constantFrom('INBOUND', 'OUTBOUND'),
        statuses: fc
          .subarray(['BUSY', 'IN_PROGRESS', 'UNKNOWN'] as const, { minLength: 1 })
          .map((some) => [...some]),
        createdAfter: fc.constantFrom(before, at, after),
        createdBefore: fc.constantFrom(before, at, after),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(conditions, (filter) => {
        const each = Object.entries(filter).map(([name, value]) => isMatch(someCall(), { [name]: value }));
        expect(isMatch(someCall(), filter)).toBe(each.every(Boolean));
      }),
    );
  });
});
