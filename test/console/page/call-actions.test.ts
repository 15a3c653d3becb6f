import { expect, test } from 'vitest';
import { allowedActions, type Changeable } from '../../../src/console/page/call-actions.ts';

const able = {
  BANDWIDTH: ['CREATE_CALL', 'REDIRECT_CALL', 'HANG_UP_CALL', 'CANCEL_CALL', 'UPDATE_BXML'],
  RESTCOMM: ['CREATE_CALL', 'REDIRECT_CALL', 'HANG_UP_CALL', 'CANCEL_CALL', 'MUTE_CALL'],
} as const;

test.each<[Changeable['provider'], Changeable['direction'], Changeable['status'], string]>([
  ['BANDWIDTH', 'OUTBOUND', 'QUEUED', 'cancel hang-up'],
  ['BANDWIDTH', 'OUTBOUND', 'INITIATED', 'cancel hang-up'],
  ['BANDWIDTH', 'INBOUND', 'INITIATED', 'redirect bxml cancel hang-up'],
  ['BANDWIDTH', 'OUTBOUND', 'IN_PROGRESS', 'redirect bxml hang-up'],
  ['BANDWIDTH', 'INBOUND', 'COMPLETED', ''],
  ['RESTCOMM', 'OUTBOUND', 'RINGING', 'redirect cancel hang-up'],
  ['RESTCOMM', 'INBOUND', 'IN_PROGRESS', 'mute unmute redirect hang-up'],
  ['RESTCOMM', 'INBOUND', 'UNKNOWN', ''],
])('%s, %s, %s: %s', (provider, direction, status, expected) => {
  const call = { provider, direction, status, account: { capabilities: able[provider] } };
  expect(allowedActions(call).join(' ')).toBe(expected);
});

test('BXML is offered at Restcomm where the account can run it', () => {
  const account = { capabilities: ['UPDATE_BXML'] } as const;
  const call = { provider: 'RESTCOMM', direction: 'OUTBOUND', status: 'IN_PROGRESS', account } as const;
  expect(allowedActions(call)).toEqual(['bxml']);
});

test('an account that can do nothing offers nothing', () => {
  const account = { capabilities: ['CREATE_CALL', 'COUNT_CALLS'] } as const;
  const call = { provider: 'RESTCOMM', direction: 'INBOUND', status: 'IN_PROGRESS', account } as const;
  expect(allowedActions(call)).toEqual([]);
});
