import { describe, expect, it } from 'vitest';
import { toProviderErrorId } from '../../../../src/adapters/kit/rest/verdicts.ts';

describe("a provider's id of an error", () => {
  it.each([
    '59512d87-7a92-4040-8e4a-78fb772019b9',
    'c-15ac29a2-1331029c-2cb0-4a07-b215-b22865662d85',
    'req_8f3A.b:1',
    'x'.repeat(128),
  ])('is shown as it is: %j', (id) => {
    expect(toProviderErrorId(id)).toBe(id);
  });

  it.each([
    null,
    undefined,
    7,
    {},
    '',
    'x'.repeat(129),
    'Invalid to: +19195551234',
    '+19195551234',
    '19195551234',
    '919-555-1234',
    'https://voice.bandwidth.com/errors/1',
    'user@example.com',
    'a\nb',
    'é',
  ])('is nothing that says more than an id: %j', (value) => {
    expect(toProviderErrorId(value)).toBeUndefined();
  });
});
