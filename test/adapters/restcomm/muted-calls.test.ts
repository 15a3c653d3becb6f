import { afterEach, expect, test, vi } from 'vitest';
import { MutedCalls } from '../../../src/adapters/restcomm/muted-calls.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('remembers a call until it is unmuted', () => {
  const calls = new MutedCalls();
  expect(calls.has('CA1')).toBe(false);
  calls.set('CA1', true);
  expect(calls.has('CA1')).toBe(true);
  calls.set('CA1', false);
  expect(calls.has('CA1')).toBe(false);
});

test('forgets a call after a day', () => {
  vi.useFakeTimers();
  const calls = new MutedCalls();
  calls.set('CA1', true);
  vi.advanceTimersByTime(24 * 3_600_000 - 1);
  expect(calls.has('CA1')).toBe(true);
  vi.advanceTimersByTime(1);
  expect(calls.has('CA1')).toBe(false);
});

test('keeps ten thousand, those muted last', () => {
  const calls = new MutedCalls();
  for (let index = 0; index < 10_000; index++) calls.set(`CA${index}`, true);
  calls.set('CA0', true);
  calls.set('CA10000', true);
  expect(calls.has('CA0')).toBe(true);
  expect(calls.has('CA1')).toBe(false);
  expect(calls.has('CA2')).toBe(true);
});
