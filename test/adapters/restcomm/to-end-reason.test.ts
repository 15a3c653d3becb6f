import { expect, test } from 'vitest';
import { toEndReason } from '../../../src/adapters/restcomm/words.ts';

test.each([
  ['completed', false, 'HANGUP'],
  ['COMPLETED', true, 'HANGUP'],
  ['busy', false, 'BUSY'],
  ['no-answer', false, 'NO_ANSWER'],
  ['NO_ANSWER', false, 'NO_ANSWER'],
  ['canceled', true, 'CANCELED'],
  ['not-found', false, 'NOT_FOUND'],
  ['NOT_FOUND', false, 'NOT_FOUND'],
  ['failed', false, 'PROVIDER_ERROR'],
  ['queued', false, null],
  ['ringing', false, null],
  ['wait-for-answer', false, null],
  ['in-progress', false, null],
  // SBC fills in an end from the start.
  ['IN_PROGRESS', true, null],
  ['strange', false, null],
  ['strange', true, 'UNKNOWN'],
])('%s, end known: %s, is %s', (word, hasEnd, reason) => {
  expect(toEndReason(word, hasEnd)).toBe(reason);
});
