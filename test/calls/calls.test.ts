import { describe, expect, it } from 'vitest';
import { Calls } from '../../src/calls/calls.ts';
import { ProviderError } from '../../src/calls/failure.ts';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { Forbidden } from '../../src/calls/rights.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { ArrayAdapter } from '../support/array-adapter.ts';
import { someAccount, someCall, someOperation, someRights } from '../support/some-call.ts';
import { someEvents } from '../support/some-events.ts';

/** The calls of two accounts, as one operation of a caller sees them who may do everything, or this. */
function open(rights = someRights()) {
  const [alpha, beta] = [adapterOf('alpha'), adapterOf('beta')];
  const adapters = new Map([alpha, beta].map((adapter) => [adapter.account.key, adapter]));
  const idempotency = new Idempotency(new MemoryStore());
  const operation = someOperation();
  const calls = new Calls(
    { adapters, idempotency, events: someEvents(), limits: { requestsPerList: 5 } },
    operation,
    rights,
  );
  return { alpha, beta, calls, operation, idempotency };
}

function adapterOf(key: string): ArrayAdapter {
  const account = someAccount({ key });
  return new ArrayAdapter(account, [someCall({ account, providerCallId: 'c-1' })]);
}

const one = { accountKey: 'alpha', providerCallId: 'c-1' };

describe('a call', () => {
  it('is asked for once, however often it is loaded', async () => {
    const { alpha, calls } = open();
    const loads = Array.from({ length: 20 }, () => calls.get({ ...one }));
    await calls.get(one);
    expect(new Set(await Promise.all(loads))).toEqual(new Set(alpha.calls));
    expect(alpha.asked).toEqual([{ method: 'get', values: ['c-1'] }]);
  });

  it('is another one in another account', async () => {
    const { alpha, beta, calls } = open();
    const found = await Promise.all([calls.get(one), calls.get({ ...one, accountKey: 'beta' })]);
    expect(found).toEqual([...alpha.calls, ...beta.calls]);
  });

  it('is null where there is none, and where there is no such account', async () => {
    const { calls } = open();
    expect(await calls.get({ ...one, providerCallId: 'c-9' })).toBeNull();
    expect(await calls.get({ ...one, accountKey: 'gamma' })).toBeNull();
  });

  it('is read anew after a change', async () => {
    const { alpha, calls } = open();
    await calls.get(one);
    const changed = someCall({ status: 'COMPLETED' });
    alpha.calls = [changed];
    expect(await calls.reread(one)).toEqual(changed);
    expect(await calls.get(one)).toEqual(changed);
    expect(alpha.asked).toHaveLength(2);
  });

  it('fails alone', async () => {
    const { alpha, beta, calls } = open();
    alpha.failure = new ProviderError('PROVIDER_UNAVAILABLE', 'Alpha cannot be reached.');
    const loads = await Promise.allSettled([calls.get(one), calls.get({ ...one, accountKey: 'beta' })]);
    expect(loads).toEqual([
      { status: 'rejected', reason: alpha.failure },
      { status: 'fulfilled', value: beta.calls[0] },
    ]);
  });

  it('fails alone, too, where its adapter throws instead of rejecting', async () => {
    const { alpha, beta, calls } = open();
    const reason = new TypeError('a mistake');
    const get = () => {
      throw reason;
    };
    Object.assign(alpha, { get });
    const loads = await Promise.allSettled([calls.get(one), calls.get({ ...one, accountKey: 'beta' })]);
    expect(loads).toEqual([
      { status: 'rejected', reason },
      { status: 'fulfilled', value: beta.calls[0] },
    ]);
  });

  it('fails even where what is thrown is no error', async () => {
    const { alpha, calls } = open();
    Object.assign(alpha, { get: () => Promise.reject('just text') });
    await expect(calls.get(one)).rejects.toMatchObject({ cause: 'just text' });
  });

  it('need not be loaded once it was listed', async () => {
    const { alpha, beta, calls } = open();
    const accounts = calls.accounts;
    const scope = { accounts, order: 'NEWEST_FIRST', filter: {}, keys: [], fingerprint: '' } as const;
    const list = await calls.list({ ...scope, direction: 'forward', size: 10 });
    expect(list.calls).toEqual([...beta.calls, ...alpha.calls]);
    expect(await calls.get(one)).toBe(alpha.calls[0]);
    expect([...alpha.askedFor('get'), ...beta.askedFor('get')]).toEqual([]);
  });
});

describe('the accounts', () => {
  it('stand in the order of the configuration', () => {
    expect(open().calls.accounts.map(({ key }) => key)).toEqual(['alpha', 'beta']);
  });

  it('are found by key', () => {
    const { alpha, calls } = open();
    expect(calls.account('alpha')).toBe(alpha.account);
    expect(calls.account('gamma')).toBeNull();
    expect(calls.writable('alpha', ['input', 'id'])).toBe(alpha);
  });

  it('are refused where there is none such', () => {
    const { calls } = open();
    expect(() => calls.writable('gamma', ['input', 'accountId'])).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', field: ['input', 'accountId'] }),
    );
  });

  it('share the operation, the caller and the idempotency keys', () => {
    const { calls, operation, idempotency } = open();
    expect([calls.operation, calls.callerId, calls.idempotency]).toEqual([
      operation,
      'somebody',
      idempotency,
    ]);
  });
});

describe('an account that the caller may not see', () => {
  it('is as if it were not there, and is not asked', async () => {
    const { alpha, calls } = open(someRights(['beta']));
    expect(calls.accounts.map(({ key }) => key)).toEqual(['beta']);
    expect([calls.account('alpha'), await calls.get(one)]).toEqual([null, null]);
    expect(() => calls.writable('alpha', ['input', 'id'])).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', field: ['input', 'id'] }),
    );
    const scope = {
      accounts: [alpha.account],
      order: 'NEWEST_FIRST',
      filter: {},
      keys: [],
      fingerprint: '',
    } as const;
    expect((await calls.list({ ...scope, direction: 'forward', size: 10 })).calls).toEqual([]);
    expect(alpha.asked).toEqual([]);
  });

  it('may be one to read only', async () => {
    const { alpha, calls } = open(someRights([], ['alpha']));
    expect(await calls.get(one)).toBe(alpha.calls[0]);
    expect(() => calls.writable('alpha', ['input', 'id'])).toThrow(Forbidden);
  });
});
