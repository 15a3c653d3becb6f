import { expect, it } from 'vitest';
import { drainTimeOf } from '../../src/server/drain-time.ts';
import { main, read } from '../support/accounts-file.ts';

it.each([
  ['1s', 30_000],
  ['25s', 30_000],
  ['30s', 35_000],
  ['2m', 125_000],
  ['596h', 596 * 3_600_000 + 5_000],
  // Just what the configuration lets through, and more than a timer holds with the margin.
  ['2147483647ms', 2_147_483_647],
])('a process whose operations may take %s has %i ms to end', (readDeadline, expected) => {
  const { limits } = read({ accounts: [main], limits: { readDeadline } });
  expect(drainTimeOf(limits)).toBe(expected);
});
