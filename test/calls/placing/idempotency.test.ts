import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { Failure, ProviderError } from '../../../src/calls/failure.ts';
import type { NewCall } from '../../../src/calls/new-call.ts';
import { slotOf } from '../../../src/calls/placing/attempt.ts';
import { Idempotency } from '../../../src/calls/placing/idempotency.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { aNewCall } from '../../support/new-call.ts';
import { someAccount, someCall, someOperation } from '../../support/some-call.ts';

const start = Date.parse('2026-11-21T06:20:00.000Z');
const minute = 60_000;
const hour = 60 * minute;
const field = ['input', 'idempotencyKey'];
const input = aNewCall();
const refused = new ProviderError('INVALID_INPUT', 'No such number.');
const unknown = new ProviderError('OUTCOME_UNKNOWN', 'It may or may not have been done.');
const bug = new TypeError('a bug');
const gone = () => Promise.reject(new Error('the store is gone'));
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

interface Order {
  readonly key?: string;
  readonly call?: NewCall;
  readonly callerId?: string;
  readonly signal?: AbortSignal;
  readonly by?: ArrayAdapter;
}

/** A provider, and orders for it by key; what comes of each attempt is said beforehand, else it is a call. */
function open({ outcomes = [] as (Error | undefined)[], lookupDelays = [0] } = {}) {
  let now = start;
  const store = new MemoryStore({ now: () => now });
  const idempotency = new Idempotency(store, { lookupDelays, now: () => now });
  const placed: Call[] = [];
  let attempts = 0;
  const create = async () => {
    const outcome = outcomes[attempts];
    attempts += 1;
    const createdAt = new Date(now).toISOString();
    const call = someCall({ providerCallId: `c-${attempts}`, createdAt });
    await pause();
    if (outcome !== undefined) throw outcome;
    placed.push(call);
    return call;
  };
  const adapterOf = (key: string) => Object.assign(new ArrayAdapter(someAccount({ key })), { create });
  const adapter = adapterOf('alpha');
  const once = ({ key = 'k', call = input, callerId = 'somebody', signal, by = adapter }: Order = {}) =>
    idempotency.placeOnce({ adapter: by, callerId, key, call }, someOperation(signal));
  const wait = (milliseconds: number) => {
    now += milliseconds;
  };
  return { once, adapter, adapterOf, idempotency, store, attempts: () => attempts, placed, wait };
}

describe('a key', () => {
  it('places a call once and gives it back ever after', async () => {
    const { once, attempts, placed } = open();
    expect(await once()).toEqual({ call: placed[0], replayed: false });
    expect(await once()).toEqual({ call: placed[0], replayed: true });
    expect(attempts()).toBe(1);
  });

  it('replays a call that was stored without the provider in its details', async () => {
    const { once, store, placed } = open();
    await once();
    const slot = slotOf('alpha', 'somebody', 'k');
    const attempt = JSON.parse((await store.get(slot)) ?? expect.unreachable());
    expect(attempt.call.details.provider).toBe(placed[0]?.details.provider);
    delete attempt.call.details.provider;
    await store.set(slot, JSON.stringify(attempt), hour);
    expect(await once()).toEqual({ call: placed[0], replayed: true });
  });

  it('places one call for many requests at once', async () => {
    const { once, attempts, placed } = open();
    const answers = await Promise.all(Array.from({ length: 25 }, () => once()));
    expect(attempts()).toBe(1);
    expect(answers.map(({ call }) => call)).toEqual(Array(25).fill(placed[0]));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('does not mind the order in which the input is written', async () => {
    const { once, attempts } = open();
    await once({ call: { ...input, bandwidth: { tag: 'x', priority: 1 } } });
    const reordered = Object.fromEntries(Object.entries(input).reverse()) as NewCall;
    const again = await once({ call: { bandwidth: { priority: 1, tag: 'x' }, ...reordered } });
    expect([again.replayed, attempts()]).toEqual([true, 1]);
  });

  it('refuses another input, whatever became of the first', async () => {
    const { once, attempts } = open({ outcomes: [undefined, bug] });
    await once();
    await expect(once({ key: 'bad' })).rejects.toBe(bug);
    for (const key of ['k', 'bad']) {
      const other = once({ key, call: { ...input, to: '+19195559999' } });
      await expect(other).rejects.toMatchObject({ code: 'CONFLICT', field, retryAfter: undefined });
    }
    expect(attempts()).toBe(2);
  });

  it('refuses another input while the first is under way', async () => {
    const { once, placed } = open();
    const first = once();
    await expect(once({ call: { ...input, ringTimeout: 5 } })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await first).call).toEqual(placed[0]);
  });

  it('is another one in another account, for another caller, and in another case', async () => {
    const { once, adapterOf, attempts } = open();
    const orders = [{}, { by: adapterOf('beta') }, { callerId: 'else' }, { key: 'K' }];
    for (const order of orders) expect((await once(order)).replayed).toBe(false);
    expect(attempts()).toBe(4);
  });

  it('is kept for 24 hours', async () => {
    const { once, wait, attempts } = open();
    await once();
    wait(24 * hour - 1);
    expect((await once()).replayed).toBe(true);
    wait(1);
    expect((await once()).replayed).toBe(false);
    expect(attempts()).toBe(2);
  });

  it('gives back the call in the account as it is now', async () => {
    const { once, adapterOf } = open();
    await once();
    const by = adapterOf('alpha');
    Object.assign(by, { account: someAccount({ name: 'Renamed' }) });
    expect((await once({ by })).call.account.name).toBe('Renamed');
  });
});

describe('an attempt', () => {
  it('that certainly failed may be made again', async () => {
    const { once, attempts, placed } = open({ outcomes: [refused] });
    await expect(once()).rejects.toBe(refused);
    expect(await once({ call: { ...input, to: '+1' } })).toEqual({ call: placed[0], replayed: false });
    expect(attempts()).toBe(2);
  });

  it.each([
    ['of unknown outcome', unknown],
    ['that ran into a bug', bug],
  ])('%s is never made again', async (_, outcome) => {
    const { once, attempts, wait } = open({ outcomes: [outcome] });
    await expect(once()).rejects.toThrow();
    for (let i = 0; i < 3; i += 1) {
      wait(7 * hour);
      await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', field });
    }
    expect(attempts()).toBe(1);
  });

  it('whose outcome is unknown tells the id that the provider gave its error, then and later', async () => {
    const providerErrorId = 'error-1';
    const lost = new ProviderError('OUTCOME_UNKNOWN', 'It may have been done.', { providerErrorId });
    const { once } = open({ outcomes: [lost] });
    for (let times = 0; times < 2; times += 1) {
      await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', providerErrorId });
    }
  });

  it('is not made when it cannot be written down beforehand', async () => {
    const { once, attempts, store } = open();
    store.write = gone;
    await expect(once()).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', field });
    expect(attempts()).toBe(0);
  });

  it.each([
    ['a call', undefined],
    ['a certain failure', refused],
    ['an unknown outcome', unknown],
  ])('that came to %s which cannot be written down is never made again', async (_, outcome) => {
    const { once, attempts, store, wait } = open({ outcomes: [outcome] });
    const write = store.write.bind(store);
    store.write = (step) => (step.unless?.some(({ key }) => key.includes(':create:')) ? write(step) : gone());
    await once().catch(() => undefined);
    const conflict = { code: 'CONFLICT', field, retryAfter: 1 };
    const again = () => once({ signal: AbortSignal.abort() });
    if (outcome !== unknown) await expect(again()).rejects.toMatchObject(conflict);
    wait(minute);
    await expect(again()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(attempts()).toBe(1);
  });

  it('that cannot be read is a failure like any other, and is never made again', async () => {
    const { once, store, attempts } = open();
    store.get = gone;
    const [first, second] = await Promise.allSettled([once(), once()]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { code: 'PROVIDER_UNAVAILABLE', field } });
    expect(attempts()).toBe(1);
  });

  it('whose call is found and cannot be noted stays unknown until it can', async () => {
    const { once, adapter, store, attempts } = open({ outcomes: [unknown] });
    adapter.calls = [someCall({ providerCallId: 'c-9', createdAt: new Date(start).toISOString(), ...input })];
    const write = store.write.bind(store);
    store.write = (step) => (step.unless?.some(({ key }) => key.includes(':call:')) ? gone() : write(step));
    await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', field });
    store.write = write;
    expect(await once()).toMatchObject({ call: { providerCallId: 'c-9' }, replayed: true });
    expect(attempts()).toBe(1);
  });

  it('is waited for until the deadline, and not a moment longer', async () => {
    const { once, adapterOf } = open();
    const never = Object.assign(adapterOf('alpha'), { create: () => new Promise<Call>(() => {}) });
    void once({ by: never });
    const began = performance.now();
    const conflict = { code: 'CONFLICT', field, retryAfter: 1 };
    await expect(once({ signal: AbortSignal.timeout(120) })).rejects.toMatchObject(conflict);
    expect(performance.now() - began).toBeGreaterThan(100);
    await expect(once({ signal: AbortSignal.abort() })).rejects.toMatchObject(conflict);
  });

  it('that fails while it is waited for leaves the key free', async () => {
    const { once, attempts, placed } = open({ outcomes: [refused] });
    const [first, second] = await Promise.allSettled([once(), once()]);
    expect(first).toMatchObject({ reason: refused });
    expect(second).toMatchObject({ reason: { code: 'CONFLICT', retryAfter: 1 } });
    expect(await once()).toEqual({ call: placed[0], replayed: false });
    expect(attempts()).toBe(2);
  });
});

describe('a call that was placed without an answer', () => {
  const found = (id: string, seconds = 0, changes: Partial<Call> = {}) =>
    someCall({
      from: input.from,
      to: input.to,
      providerCallId: id,
      createdAt: new Date(start + seconds * 1000).toISOString(),
      ...changes,
    });

  it('is looked for, found, and given back', async () => {
    const { once, adapter, attempts } = open({ outcomes: [unknown] });
    adapter.calls = [found('c-1'), found('c-2', 0, { to: '+1' }), found('c-3', -60), found('c-4', 60)];
    expect(await once()).toEqual({ call: found('c-1'), replayed: false });
    expect(await once()).toEqual({ call: found('c-1'), replayed: true });
    expect(attempts()).toBe(1);
  });

  it.each<[string, Partial<Call>]>([
    ['the other leg of a call between two numbers of ours', { direction: 'INBOUND' }],
    ['a leg of another call', { parentId: 'c-0' }],
  ])('is not %s', async (_, changes) => {
    const { once, adapter } = open({ outcomes: [unknown] });
    adapter.calls = [found('c-1', 0, changes)];
    await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    adapter.calls.push(found('c-2'));
    expect((await once()).call).toEqual(found('c-2'));
  });

  it('is none that the adapter knows not to be the one', async () => {
    const { once, adapter } = open({ outcomes: [unknown] });
    const fits = vi.fn((call: Call) => call.providerCallId !== 'c-1');
    Object.assign(adapter, { fits });
    adapter.calls = [found('c-1')];
    await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    adapter.calls.push(found('c-2'));
    expect((await once()).call).toEqual(found('c-2'));
    expect(fits).toHaveBeenCalledWith(found('c-2'), input);
  });

  it('is looked for again when it is asked for again', async () => {
    const { once, adapter } = open({ outcomes: [unknown] });
    await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    adapter.calls = [found('c-1')];
    expect(await once()).toEqual({ call: found('c-1'), replayed: true });
  });

  it('is looked for a few times, since providers list late', async () => {
    const { once, adapter } = open({ outcomes: [unknown], lookupDelays: [0, 0, 0] });
    const page = adapter.page.bind(adapter);
    adapter.page = async (request) => {
      adapter.calls = adapter.askedFor('page').length < 2 ? [] : [found('c-1')];
      return page(request);
    };
    expect((await once()).call).toEqual(found('c-1'));
    expect(adapter.askedFor('page')).toHaveLength(3);
  });

  it('is not guessed among several', async () => {
    const { once, adapter } = open({ outcomes: [unknown], lookupDelays: [0, 0, 0] });
    adapter.calls = [found('c-1'), found('c-2')];
    await expect(once()).rejects.toMatchObject({
      message: expect.stringContaining('2 calls that it may have'),
    });
    expect(adapter.askedFor('page'), 'more lookups would not help').toHaveLength(1);
  });

  it('is not taken from a list that may go on', async () => {
    const { once, adapter } = open({ outcomes: [unknown] });
    adapter.calls = [
      found('c-1'),
      ...Array.from({ length: 30 }, (_, i) => found(`x-${i}`, -1, { to: '+1' })),
    ];
    adapter.perRequest = 1;
    await expect(once()).rejects.toMatchObject({
      message: expect.stringContaining('no call that it must have'),
    });
  });

  it('is none that belongs to another key, or to a request without one', async () => {
    const { once, adapter, idempotency } = open({ outcomes: [undefined, undefined, unknown] });
    const { call: theirs } = await once({ key: 'other' });
    const { call: plain } = await idempotency.place({ adapter, call: input }, someOperation());
    adapter.calls = [theirs, plain];
    await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    adapter.calls = [theirs, plain, found('c-9')];
    expect((await once()).call.providerCallId).toBe('c-9');
  });

  it('is not looked for past the deadline, and the provider may fail meanwhile', async () => {
    const { once, adapter } = open({ outcomes: [unknown] });
    adapter.calls = [found('c-1')];
    await expect(once({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(adapter.asked).toEqual([]);
    adapter.failure = new ProviderError('PROVIDER_UNAVAILABLE', 'Alpha cannot be reached.');
    await expect(once()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    adapter.failure = undefined;
    expect((await once()).call.providerCallId).toBe('c-1');
  });

  it('is not guessed to be of one of two keys, while either may have placed it', async () => {
    const { once, adapter } = open({ outcomes: [unknown, unknown] });
    adapter.calls = [found('c-1')];
    const both = await Promise.allSettled([once({ key: 'a' }), once({ key: 'b' })]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('is of one key alone, even if both saw it free', async () => {
    const { once, adapter, store } = open({ outcomes: [unknown, unknown] });
    adapter.calls = [found('c-1')];
    const get = store.get.bind(store);
    store.get = async (key) => (/:(call|open)/.test(key) ? undefined : get(key));
    const both = await Promise.allSettled([once({ key: 'a' }), once({ key: 'b' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is looked for when whoever sent it has died', async () => {
    const { once, adapterOf, adapter, wait, attempts } = open();
    void once({ by: Object.assign(adapterOf('alpha'), { create: () => new Promise<Call>(() => {}) }) });
    adapter.calls = [found('c-1')];
    wait(minute);
    expect(await once()).toEqual({ call: found('c-1'), replayed: true });
    expect(attempts()).toBe(0);
  });
});

describe('a call without a key', () => {
  it('is placed each time, even if it cannot be noted', async () => {
    const { idempotency, adapter, store, attempts } = open();
    store.write = gone;
    const answers = [1, 2].map(() => idempotency.place({ adapter, call: input }, someOperation()));
    expect((await Promise.all(answers)).map(({ replayed }) => replayed)).toEqual([false, false]);
    expect(attempts()).toBe(2);
  });
});

describe('any number of concurrent requests', () => {
  it('has each key placed at most once, again only after a certain failure', async () => {
    const request = fc.record({ key: fc.constantFrom('a', 'b'), to: fc.constantFrom('+1', '+1', '+2') });
    const outcome = fc.constantFrom('placed', 'placed', 'refused', 'unknown', 'bug');
    const errors = { placed: undefined, refused, unknown, bug };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(request, { maxLength: 8 }), { maxLength: 2 }),
        fc.array(outcome, { minLength: 16, maxLength: 16 }),
        async (waves, outcomes) => {
          const idempotency = new Idempotency(new MemoryStore(), { lookupDelays: [0] });
          const history = { a: [] as string[], b: [] as string[] };
          for (const wave of waves) {
            const settled = await Promise.allSettled(
              wave.map(({ key, to }) => {
                const create = async () => {
                  const next = outcomes.pop() as keyof typeof errors;
                  history[key].push(next);
                  await pause();
                  if (errors[next]) throw errors[next];
                  return someCall({ providerCallId: `c-${key}`, to });
                };
                const adapter = Object.assign(new ArrayAdapter(someAccount()), { create });
                const keyed = { adapter, callerId: 'somebody', key, call: { ...input, to } };
                return idempotency.placeOnce(keyed, someOperation());
              }),
            );
            settled.forEach((each, i) => {
              const { key, to } = wave[i] as (typeof wave)[number];
              const expected =
                each.status === 'fulfilled'
                  ? each.value.call.providerCallId === `c-${key}` && each.value.call.to === to
                  : each.reason === bug || each.reason instanceof Failure;
              expect(expected).toBe(true);
            });
          }
          for (const attempts of Object.values(history)) {
            expect(attempts.slice(0, -1).every((each) => each === 'refused')).toBe(true);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
