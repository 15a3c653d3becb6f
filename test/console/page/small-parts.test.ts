import { describe, expect, test } from 'vitest';
import { formatAge, formatSpan } from '../../../src/console/page/format-time.ts';
import { createKeyring } from '../../../src/console/page/idempotency-key.ts';
import { reconnectDelay } from '../../../src/console/page/reconnect-delay.ts';
import { toOffset, toTextPlace } from '../../../src/console/page/text-place.ts';

describe('the key of a form', () => {
  test('stays while the form does, and is another one with a change, even one that is undone', () => {
    let count = 0;
    const keyOf = createKeyring(() => String(++count));
    expect(['a', 'a', 'b', 'b', 'a'].map(keyOf)).toEqual(['1', '1', '2', '2', '3']);
  });

  test('is random', () => {
    expect(createKeyring()('a')).toMatch(/^console-[0-9a-f]{32}$/);
    expect(createKeyring()('a')).not.toBe(createKeyring()('a'));
  });
});

test.each([
  [0, '0:00'],
  [42.9, '0:42'],
  [3725, '1:02:05'],
  [-5, '0:00'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatSpan(seconds)).toBe(text);
});

test('an age is in seconds, minutes or hours', () => {
  expect([12_000, 180_000, 7_200_000].map(formatAge)).toEqual(['12 s', '3 min', '2 h']);
});

test('the wait before an attempt grows up to 15 s, and is spread', () => {
  expect([1, 2, 3, 9].map((attempt) => reconnectDelay(attempt, () => 1))).toEqual([500, 1000, 2000, 15_000]);
  expect(reconnectDelay(1, () => 0)).toBe(250);
});

describe('the place of an error in BXML', () => {
  test('is what the message names last', () => {
    expect(toTextPlace('`a` of line 1, column 2 is still open (line 3, column 14).')).toEqual({
      line: 3,
      column: 14,
    });
    expect(toTextPlace('no place')).toBeUndefined();
  });

  test('has an offset, where a character may be two units', () => {
    expect(toOffset('<a>\n  😀<b>\n', { line: 2, column: 4 })).toBe('<a>\n  😀'.length);
    expect(toOffset('<a>', { line: 9, column: 9 })).toBe(3);
  });
});
