import { expect, test } from 'vitest';
import { toDirection } from '../../../src/adapters/restcomm/words.ts';

test.each([
  ['inbound', 'INBOUND'],
  ['INBOUND', 'INBOUND'],
  ['outbound', 'OUTBOUND'],
  ['outbound-api', 'OUTBOUND'],
  ['outbound-dial', 'OUTBOUND'],
  ['Client-To-Client', 'UNKNOWN'],
  ['', 'UNKNOWN'],
  ['toString', 'UNKNOWN'],
])('%s is %s', (word, direction) => {
  expect(toDirection(word)).toBe(direction);
});
