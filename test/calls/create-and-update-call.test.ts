import { describe, expect, it } from 'vitest';
import { Calls } from '../../src/calls/calls.ts';
import { createCall } from '../../src/calls/create-call.ts';
import { ProviderError } from '../../src/calls/failure.ts';
import type { CallChange } from '../../src/calls/new-call.ts';
import { Idempotency } from '../../src/calls/placing/idempotency.ts';
import { Forbidden, type Rights } from '../../src/calls/rights.ts';
import { updateCall, updateCallBxml } from '../../src/calls/update-call.ts';
import type { Capability } from '../../src/generated/schema.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { ArrayAdapter } from '../support/array-adapter.ts';
import { aNewCall } from '../support/new-call.ts';
import { someAccount, someCall, someOperation, someRights } from '../support/some-call.ts';
import { someEvents } from '../support/some-events.ts';

const newCall = aNewCall();
const redirect = { url: 'https://app.example/next', method: 'POST', fallbackMethod: 'POST' } as const;
const key = { accountKey: 'alpha', providerCallId: 'c-1' };
const nowhere = { ...key, accountKey: 'omega' };

/** An account that can do only this, or everything. */
function withCapabilities(...capabilities: Capability[]) {
  return open(someRights(), capabilities);
}

function open(rights: Rights, capabilities: Capability[] = []) {
  const account = someAccount(capabilities.length > 0 ? { capabilities } : {});
  const adapter = new ArrayAdapter(account, [someCall({ account })]);
  const adapters = new Map([['alpha', adapter]]);
  const idempotency = new Idempotency(new MemoryStore());
  const events = someEvents(account);
  const calls = new Calls(
    { adapters, idempotency, events, limits: { requestsPerList: 5 } },
    someOperation(),
    rights,
  );
  return { adapter, calls, events };
}

const refused = (code: string, ...field: string[]) => expect.objectContaining({ code, field });

describe('creating a call', () => {
  it('places it', async () => {
    const { adapter, calls } = withCapabilities('CREATE_CALL');
    const bandwidth = { tag: 'x' };
    const created = await createCall(calls, 'alpha', { ...newCall, bandwidth }, undefined);
    expect(created).toEqual({ call: adapter.calls[0], replayed: false, losses: [] });
    expect(adapter.asked).toEqual([{ method: 'create', values: [{ ...newCall, bandwidth }] }]);
  });

  it('is an event at once, without a further request, and none when it is replayed', async () => {
    const { adapter, calls, events } = open(someRights());
    for (let count = 0; count < 2; count += 1) await createCall(calls, 'alpha', newCall, 'a key');
    expect(await events.timeline(key)).toMatchObject([{ kind: 'CREATED', source: 'COMMAND' }]);
    expect(adapter.asked).toHaveLength(1);
  });

  it('places two without a key', async () => {
    const { adapter, calls } = withCapabilities();
    await createCall(calls, 'alpha', newCall, undefined);
    await createCall(calls, 'alpha', newCall, undefined);
    expect(adapter.asked).toHaveLength(2);
  });

  it('places one with a key', async () => {
    const { adapter, calls } = withCapabilities();
    await createCall(calls, 'alpha', newCall, 'k');
    expect(await createCall(calls, 'alpha', newCall, 'k')).toEqual({
      call: adapter.calls[0],
      replayed: true,
      losses: [],
    });
    expect(calls.record).toMatchObject({ replayed: [key], done: [key, key] });
    expect(adapter.asked).toHaveLength(1);
  });

  it.each(['', 'k'.repeat(256)])(
    'is refused with a key that is none, before anything is sent',
    async (bad) => {
      const { adapter, calls } = withCapabilities();
      const creating = createCall(calls, 'alpha', newCall, bad);
      await expect(creating).rejects.toEqual(refused('INVALID_INPUT', 'input', 'idempotencyKey'));
      expect(adapter.asked).toEqual([]);
    },
  );

  it('takes a key of 255 characters', async () => {
    const { calls } = withCapabilities();
    expect((await createCall(calls, 'alpha', newCall, 'k'.repeat(255))).replayed).toBe(false);
  });

  it('is refused for an account that cannot, before anything is sent', async () => {
    const { adapter, calls } = withCapabilities('COUNT_CALLS');
    const creating = createCall(calls, 'alpha', newCall, undefined);
    await expect(creating).rejects.toEqual(refused('UNSUPPORTED_BY_PROVIDER', 'input', 'accountId'));
    expect(adapter.asked).toEqual([]);
  });

  it("is refused with another provider's block, before anything is sent", async () => {
    const { adapter, calls } = withCapabilities();
    Object.assign(adapter, { account: someAccount({ provider: 'RESTCOMM' }) });
    const creating = createCall(calls, 'alpha', { ...newCall, bandwidth: {} }, undefined);
    await expect(creating).rejects.toEqual(refused('UNSUPPORTED_BY_PROVIDER', 'input', 'bandwidth'));
    expect(adapter.asked).toEqual([]);
  });

  it('is refused for an unknown account', async () => {
    const creating = createCall(withCapabilities().calls, 'omega', newCall, undefined);
    await expect(creating).rejects.toEqual(refused('NOT_FOUND', 'input', 'accountId'));
  });

  it('passes on what the adapter rejects with', async () => {
    const { adapter, calls } = withCapabilities();
    adapter.failure = new ProviderError('RATE_LIMITED', 'Too many.', { retryAfter: 3 });
    await expect(createCall(calls, 'alpha', newCall, undefined)).rejects.toBe(adapter.failure);
  });
});

describe('changing a call', () => {
  it.each<[Capability, CallChange, string, unknown[]]>([
    ['HANG_UP_CALL', { end: 'HANG_UP' }, 'end', ['c-1', 'HANG_UP']],
    ['CANCEL_CALL', { end: 'CANCEL' }, 'end', ['c-1', 'CANCEL']],
    ['REDIRECT_CALL', { redirect }, 'redirect', ['c-1', redirect]],
    ['MUTE_CALL', { muted: true }, 'mute', ['c-1', true]],
    ['MUTE_CALL', { muted: false }, 'mute', ['c-1', false]],
  ])('is done by an account with %s: %o', async (capability, change, method, values) => {
    const { adapter, calls } = withCapabilities(capability);
    const changed = await updateCall(calls, key, change);
    expect(adapter.asked).toEqual([{ method, values }]);
    expect(await changed.call()).toEqual(adapter.calls[0]);
  });

  it.each<[CallChange, Capability, string]>([
    [{ end: 'HANG_UP' }, 'CANCEL_CALL', 'end'],
    [{ end: 'CANCEL' }, 'HANG_UP_CALL', 'end'],
    [{ redirect }, 'HANG_UP_CALL', 'redirect'],
    [{ muted: true }, 'HANG_UP_CALL', 'muted'],
  ])('is refused before anything is sent: %o by an account that can only %s', async (change, other, name) => {
    const { adapter, calls } = withCapabilities(other);
    const updating = updateCall(calls, key, change);
    await expect(updating).rejects.toEqual(refused('UNSUPPORTED_BY_PROVIDER', 'input', 'change', name));
    expect(adapter.asked).toEqual([]);
  });

  it("is refused with another provider's block, and done with its own", async () => {
    const { adapter, calls } = withCapabilities();
    const foreign = updateCall(calls, key, { redirect: { ...redirect, restcomm: {} } });
    const field = ['input', 'change', 'redirect', 'restcomm'];
    await expect(foreign).rejects.toEqual(refused('UNSUPPORTED_BY_PROVIDER', ...field));
    expect(adapter.asked).toEqual([]);
    await updateCall(calls, key, { redirect: { ...redirect, bandwidth: {} } });
    expect(adapter.askedFor('redirect')).toHaveLength(1);
  });

  it('is refused for an unknown account', async () => {
    const updating = updateCall(withCapabilities().calls, nowhere, { muted: true });
    await expect(updating).rejects.toEqual(refused('NOT_FOUND', 'input', 'id'));
  });

  it('reads the call anew although it was loaded before', async () => {
    const { adapter, calls } = withCapabilities();
    await calls.get(key);
    const changed = await updateCall(calls, key, { end: 'HANG_UP' });
    adapter.calls = [someCall({ status: 'COMPLETED' })];
    expect(await changed.call()).toMatchObject({ status: 'COMPLETED' });
  });
});

const toDocument = (bxml: string) => ({ bxml, onLoss: 'REFUSE' }) as const;

describe('replacing the document of a call', () => {
  it('sends it', async () => {
    const { adapter, calls } = withCapabilities('UPDATE_BXML');
    const { call: reread } = await updateCallBxml(calls, key, toDocument('<Bxml/>'));
    expect(adapter.asked).toEqual([{ method: 'replaceBxml', values: ['c-1', '<Bxml/>'] }]);
    expect(await reread()).toEqual(adapter.calls[0]);
  });

  it('refuses what is not BXML before anything is sent', async () => {
    const { adapter, calls } = withCapabilities('UPDATE_BXML');
    const message = 'The document is not BXML: unclosed tag: Bxml (line 1, column 1).';
    const field = ['input', 'bxml'];
    await expect(updateCallBxml(calls, key, toDocument('<Bxml>'))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field,
      message,
    });
    expect(adapter.asked).toEqual([]);
  });

  it('is refused for an account that cannot, whatever the document', async () => {
    const { adapter, calls } = withCapabilities('HANG_UP_CALL');
    const updating = updateCallBxml(calls, key, toDocument('<Bxml>'));
    await expect(updating).rejects.toEqual(refused('UNSUPPORTED_BY_PROVIDER', 'input', 'id'));
    expect(adapter.asked).toEqual([]);
  });

  it('is refused for an unknown account', async () => {
    const updating = updateCallBxml(withCapabilities().calls, nowhere, toDocument('<Bxml/>'));
    await expect(updating).rejects.toEqual(refused('NOT_FOUND', 'input', 'id'));
  });
});

describe('a caller who may only read', () => {
  it('changes nothing', async () => {
    const { adapter, calls } = open(someRights([], ['alpha']));
    await expect(createCall(calls, 'alpha', newCall, undefined)).rejects.toThrow(Forbidden);
    await expect(updateCall(calls, key, { muted: true })).rejects.toThrow(Forbidden);
    await expect(updateCallBxml(calls, key, toDocument('<Bxml/>'))).rejects.toThrow(Forbidden);
    expect(adapter.asked).toEqual([]);
  });
});
