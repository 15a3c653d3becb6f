import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAdapterFactory } from '../../src/calls/calls-adapter.ts';
import { ArrayAdapter } from '../support/array-adapter.ts';
import { someAccount } from '../support/some-call.ts';

const limits = { connectTimeout: 1, headersTimeout: 1, readDeadline: 1, maxBodyBytes: 1 };
const entry = { key: 'alpha', name: 'Alpha', limits };

const factory = createAdapterFactory(
  z.strictObject({ accountId: z.string().transform((text) => text.toUpperCase()) }),
  ({ accountId }, { key }) => new ArrayAdapter(someAccount({ key, providerAccountId: accountId })),
);

describe('an adapter factory', () => {
  it('makes the adapter of what its settings let through', () => {
    expect(factory.create({ accountId: 'ac1' }, entry).account).toMatchObject({
      key: 'alpha',
      providerAccountId: 'AC1',
    });
  });

  it('makes none of settings that were not checked', () => {
    expect(() => factory.create({ accountSid: 'AC1' }, entry)).toThrow(z.ZodError);
  });
});
