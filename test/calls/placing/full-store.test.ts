import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { Failure, ProviderError } from '../../../src/calls/failure.ts';
import type { NewCall } from '../../../src/calls/new-call.ts';
import { Idempotency } from '../../../src/calls/placing/idempotency.ts';
import { Cancellation } from '../../../src/runtime/cancellation.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { StoreFull } from '../../../src/store/store-failure.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { aNewCall } from '../../support/new-call.ts';
import { runs } from '../../support/runs.ts';
import { someAccount, someCall, someOperation } from '../../support/some-call.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2026-11-21T06:20:00.000Z');
const field = ['input', 'idempotencyKey'];
const input = aNewCall();
const outcomes = {
  placed: undefined,
  refused: new ProviderError('INVALID_INPUT', 'No such number.'),
  unknown: new ProviderError('OUTCOME_UNKNOWN', 'It may or may not have been done.'),
  /** The same, but it has not. */
  lost: new ProviderError('OUTCOME_UNKNOWN', 'It may or may not have been done.'),
  bug: new TypeError('a bug'),
};
type Outcome = keyof typeof outcomes;

/** A provider that lists what it has placed, in front of a store with room for so many entries. */
function open(entries: number, bytes = 1_000_000) {
  let now = start;
  let dials = 0;
  let deadline = new Cancellation();
  const store = new MemoryStore({ maxEntries: entries, maxBytes: bytes, now: () => now });
  const unkept: unknown[] = [];
  const onStoreFailure = (cause: unknown) => unkept.push(cause);
  const idempotency = new Idempotency(store, { lookupDelays: [0], now: () => now, onStoreFailure });
  const adapter = new ArrayAdapter(someAccount());
  const dial = (outcome: Outcome, call: NewCall, onDial = () => {}) =>
    Object.assign(new ArrayAdapter(adapter.account), {
      page: adapter.page.bind(adapter),
      create: async () => {
        dials += 1;
        onDial();
        const createdAt = new Date(now).toISOString();
        const placed = someCall({ ...call, providerCallId: `c-${dials}`, createdAt });
        await new Promise((resolve) => setImmediate(resolve));
        if (outcome !== 'refused' && outcome !== 'lost') adapter.calls.push(placed);
        if (outcomes[outcome] !== undefined) throw outcomes[outcome];
        return placed;
      },
    });
  /** With a key it is placed once. */
  const place = (outcome: Outcome, key?: string, call = input, onDial?: () => void) => {
    const ordered = { adapter: dial(outcome, call, onDial), call };
    const operation = { ...someOperation(), signal: deadline };
    return key === undefined
      ? idempotency.place(ordered, operation)
      : idempotency.placeOnce({ ...ordered, callerId: 'somebody', key }, operation);
  };
  /** Lets all that is under way go as far as it gets, then tells it that its time is over. */
  const end = async <T>(pending: Promise<T>): Promise<T> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    deadline.abort(new Error('the deadline has passed'));
    deadline = new Cancellation();
    return pending;
  };
  const wait = (milliseconds: number) => {
    now += milliseconds;
  };
  return { place, end, store, adapter, wait, unkept, dials: () => dials };
}

/** Places calls by new keys until one is refused. */
async function fill({ place }: ReturnType<typeof open>): Promise<{ keys: number; refusal: Failure }> {
  for (let keys = 0; keys < 1_000; keys += 1) {
    const refusal = await place('placed', `k-${keys}`).then(
      () => undefined,
      (error: Failure) => error,
    );
    if (refusal !== undefined) return { keys, refusal };
  }
  throw new Error('It takes everything.');
}

describe('a store with no more room for keys', () => {
  it('refuses a new key before anything is sent, and says how long to wait', async () => {
    const full = open(40);
    const { keys, refusal } = await fill(full);
    expect(refusal).toMatchObject({
      code: 'RATE_LIMITED',
      field,
      message: expect.stringMatching(/placed nothing/),
    });
    expect(refusal.retryAfter).toBeGreaterThan((day - hour) / 1000);
    expect(refusal.retryAfter).toBeLessThanOrEqual((day + hour) / 1000);
    expect([full.dials(), full.unkept.length]).toEqual([keys, 1]);
    expect(full.unkept[0]).toBeInstanceOf(StoreFull);
  });

  it('answers every key that it holds', async () => {
    const full = open(40);
    const { keys } = await fill(full);
    for (let i = 0; i < keys; i += 1) {
      expect(await full.place('bug', `k-${i}`)).toMatchObject({
        replayed: true,
        call: { providerCallId: `c-${i + 1}` },
      });
    }
    expect(full.dials()).toBe(keys);
  });

  it('takes keys again when others have expired', async () => {
    const full = open(40);
    const { keys, refusal } = await fill(full);
    full.wait((refusal.retryAfter ?? 0) * 1000);
    expect((await full.place('placed', 'new')).replayed).toBe(false);
    expect(full.dials()).toBe(keys + 1);
  });

  it('has room for what comes of the attempts that it has admitted', async () => {
    const full = open(800);
    for (let i = 0; full.store.size.entries < 680; i += 1) await full.place('placed', `old-${i}`);
    const old = full.dials();
    const keys = Array.from({ length: 300 }, (_, i) => `k-${i}`);
    const answers = await full.end(Promise.allSettled(keys.map((key) => full.place('placed', key))));
    const placed = keys.filter((_, i) => answers[i]?.status === 'fulfilled');
    expect(placed.length).toBeGreaterThan(0);
    expect(placed.length).toBe(full.dials() - old);
    for (const key of placed) expect((await full.end(full.place('bug', key))).replayed).toBe(true);
    expect(full.dials()).toBe(old + placed.length);
  });

  it('is not filled by calls without a key, which go on', async () => {
    const full = open(40);
    for (let i = 0; i < 100; i += 1) await full.place('placed');
    expect(full.dials()).toBe(100);
    expect(full.store.size.entries).toBeLessThanOrEqual(22);
    expect((await full.place('placed', 'k')).replayed).toBe(false);
    await fill(full);
    expect((await full.place('placed')).replayed).toBe(false);
  });

  it('gives no call away that was placed without a key and could not be noted', async () => {
    const full = open(40);
    for (let i = 0; i < 12; i += 1) await full.place('placed', `k-${i}`, { ...input, to: '+19195550000' });
    const { call } = await full.place('placed');
    expect(full.adapter.calls.at(-1)).toEqual(call);
    const unknown = { code: 'OUTCOME_UNKNOWN', field };
    await expect(full.place('lost', 'k')).rejects.toMatchObject(unknown);
    await expect(full.place('bug', 'k')).rejects.toMatchObject(unknown);
    expect(full.dials()).toBe(14);
  });

  it('finds the call of a key all the same, where all other calls could be noted', async () => {
    const roomy = open(400);
    for (let i = 0; i < 12; i += 1) await roomy.place('placed', `k-${i}`, { ...input, to: '+19195550000' });
    await roomy.place('placed');
    expect((await roomy.place('unknown', 'k')).call.providerCallId).toBe('c-14');
  });
});

describe('never a second dial', () => {
  it('for a key within 24 hours, however small the store and whatever comes of its attempts', async () => {
    const step = fc.record({
      keys: fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { nil: undefined }), {
        maxLength: 5,
      }),
      outcome: fc.constantFrom<Outcome>('placed', 'placed', 'placed', 'refused', 'unknown', 'bug'),
      wait: fc.constantFrom(0, 1_000, hour, 7 * hour),
    });
    const limits = fc.record({
      entries: fc.integer({ min: 1, max: 14 }),
      bytes: fc.constantFrom(2_000, 5_000, 20_000),
    });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { maxLength: 12 }), async ({ entries, bytes }, steps) => {
        const { place, end, store, wait, dials } = open(entries, bytes);
        let now = start;
        const dialled = new Map<string, number>();
        for (const { keys, outcome, wait: milliseconds } of steps) {
          const before = dials();
          let sent = 0;
          const concurrent = Promise.allSettled(
            keys.map((key) =>
              place(outcome, key, input, () => {
                sent += 1;
                if (key === undefined) return;
                expect(dialled.get(key) ?? 0, `${key} is free`).toBeLessThanOrEqual(now);
                // A certain refusal frees the key, which no other of these requests knows yet.
                if (outcome !== 'refused') dialled.set(key, now + day);
              }),
            ),
          );
          const settled = await end(concurrent);
          expect(dials() - before).toBe(sent);
          for (const each of settled) {
            const code = each.status === 'rejected' && each.reason instanceof Failure && each.reason.code;
            if (code === 'RATE_LIMITED') refused += 1;
          }
          expect(store.size.entries).toBeLessThanOrEqual(entries);
          expect(store.size.bytes).toBeLessThanOrEqual(bytes);
          wait(milliseconds);
          now += milliseconds;
        }
      }),
      { numRuns: runs(50) },
    );
    expect(refused, 'the stores were full').toBeGreaterThan(100);
  });

  it('for concurrent requests while the store fills', async () => {
    const full = open(60);
    const dialled: string[] = [];
    const ask = (key: string) => full.place('placed', key, input, () => dialled.push(key));
    const keys = Array.from({ length: 300 }, (_, i) => `k-${i % 60}`);
    const settled = await full.end(Promise.allSettled(keys.map(ask)));
    expect(new Set(dialled).size).toBe(dialled.length);
    const calls = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.call] : []));
    expect(new Set(calls.map((call: Call) => call.providerCallId)).size).toBe(dialled.length);
    expect(dialled.length).toBeLessThan(60);
  });
});
