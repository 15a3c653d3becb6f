import { expect, it } from 'vitest';
import { toProviderError } from '../../../../src/adapters/kit/rest/to-provider-error.ts';
import type { Account } from '../../../../src/calls/account.ts';
import { HttpFailure } from '../../../../src/upstream/http-failure.ts';

const account = { key: 'main', name: 'Main' } as Account;

it.each([
  [new HttpFailure('timeout', true), 'PROVIDER_TIMEOUT'],
  [new HttpFailure('aborted', true), 'PROVIDER_TIMEOUT'],
  [new HttpFailure('unreachable', false), 'PROVIDER_UNAVAILABLE'],
  [new HttpFailure('broken', true), 'PROVIDER_UNAVAILABLE'],
  [new HttpFailure('circuit-open', false), 'PROVIDER_UNAVAILABLE'],
  [new HttpFailure('queue-full', false), 'PROVIDER_UNAVAILABLE'],
  [new HttpFailure('too-large', true), 'PROVIDER_MISBEHAVED'],
  [new HttpFailure('unreadable', true), 'PROVIDER_MISBEHAVED'],
  [new Error('a mistake of ours'), 'PROVIDER_MISBEHAVED'],
])('%s on the way to a token is %s', (failure, code) => {
  const error = toProviderError(failure, account, 'token');
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^Main was not asked, so nothing was done: /);
});
