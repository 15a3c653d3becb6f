import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { ProviderError } from '../../src/calls/failure.ts';
import type { CallOrder } from '../../src/generated/schema.ts';
import { aNewCall } from '../support/new-call.ts';
import { idsOn, walkPages } from '../support/walk-pages.ts';
import { writesIn } from '../support/writes-in.ts';
import { type Contracted, contracts, createOperation, impatient, patient } from './carriers.ts';

const bxml = '<Bxml><Hangup/></Bxml>';
const redirect = { url: 'https://example.com/next', method: 'POST', fallbackMethod: 'POST' } as const;

describe.each(Object.entries(contracts))('%s', (_, start) => {
  let it_: Contracted;
  beforeEach(async () => {
    it_ = await start(patient);
  });
  afterEach(() => it_.close());

  const can = (capability: string) => it_.adapter.account.capabilities.some((each) => each === capability);
  const failureOf = async (promise: Promise<unknown>): Promise<ProviderError> => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ProviderError);
    return error as ProviderError;
  };
  const walk = async (order: CallOrder, size: number): Promise<string[]> => {
    const pages = await walkPages(it_.adapter, { order, filter: {}, size, budget: 20 });
    for (const { calls } of pages) expect(calls.length).toBeLessThanOrEqual(size);
    return idsOn(pages);
  };
  const writes = () => writesIn(it_.journal);

  it('knows no call by an id that nobody has', async () => {
    expect(await it_.adapter.get(it_.unknownId, createOperation())).toBeNull();
  });

  it.each(['a/b', 'a?b', 'a%2Fb', 'a\r\nX: y', 'é', 'x'.repeat(512)])(
    'knows no call by %j, although one might have that id',
    async (id) => {
      const operation = createOperation();
      expect(await it_.adapter.get(id, operation)).toBeNull();
      expect(it_.journal.filter(({ method }) => method === 'GET')).toHaveLength(1);
    },
  );

  it.each(['', '.', '..', '../x', 'a/../b', 'a/..', '\ud800', 'x'.repeat(513)])(
    'asks nothing about %j, which cannot be an id',
    async (id) => {
      const operation = createOperation();
      expect(await it_.adapter.get(id, operation)).toBeNull();
      expect(operation.requests).toBe(0);
    },
  );

  it('reads one call as the list has it', async () => {
    const id = it_.add(it_.clock.now() - 3_600_000);
    const { calls } = await it_.adapter.page(
      { order: 'NEWEST_FIRST', filter: {}, size: 5, budget: 20 },
      createOperation(),
    );
    expect(calls.map(({ providerCallId }) => providerCallId)).toEqual([id]);
    expect(await it_.adapter.get(id, createOperation())).toEqual(calls[0]);
  });

  it('gives an empty page of an empty list, with nothing behind it', async () => {
    const page = await it_.adapter.page(
      { order: 'NEWEST_FIRST', filter: {}, size: 5, budget: 20 },
      createOperation(),
    );
    expect(page).toMatchObject({ calls: [], more: false });
  });

  it.each([
    ['OLDEST_FIRST', 10],
    ['OLDEST_FIRST', 7],
    ['NEWEST_FIRST', 10],
    ['NEWEST_FIRST', 7],
  ] as const)('walks 30 calls %s in pages of %i, each once, with an exact end', async (order, size) => {
    const now = it_.clock.now();
    const ids = Array.from({ length: 30 }, (_, i) => it_.add(now - 86_400_000 + i * 60_000));
    expect(await walk(order, size)).toEqual(order === 'OLDEST_FIRST' ? ids : ids.reverse());
  });

  it('counts, if it says that it can', async () => {
    for (let i = 0; i < 3; i += 1) it_.add(it_.clock.now() - 3_600_000 - i * 1000);
    expect(await it_.adapter.count({}, createOperation())).toBe(can('COUNT_CALLS') ? 3 : null);
  });

  it('places a call by one POST', async () => {
    const { from, to } = aNewCall();
    const call = await it_.adapter.create(aNewCall(), createOperation());
    expect(call).toMatchObject({ status: 'QUEUED', to, from, endedAt: null });
    expect(call.account).toBe(it_.adapter.account);
    expect(writes()).toHaveLength(1);
    const read = await it_.adapter.get(call.providerCallId, createOperation());
    expect(read).toMatchObject({ providerCallId: call.providerCallId, createdAt: call.createdAt });
    expect([call, read as Call].map((each) => it_.adapter.fits(each, aNewCall()))).toEqual([true, true]);
  });

  it.each([
    ['REDIRECT_CALL', (id: string) => it_.adapter.redirect(id, redirect, createOperation())],
    ['HANG_UP_CALL', (id: string) => it_.adapter.end(id, 'HANG_UP', createOperation())],
    ['MUTE_CALL', (id: string) => it_.adapter.mute(id, true, createOperation())],
    ['UPDATE_BXML', (id: string) => it_.adapter.replaceBxml(id, bxml, createOperation())],
  ] as const)('does %s on an answered call, or says that it cannot', async (capability, change) => {
    const { providerCallId } = await it_.adapter.create(aNewCall(), createOperation());
    it_.clock.advance(30_000);
    it_.journal.clear();
    if (can(capability)) {
      await change(providerCallId);
      expect(writes()).toHaveLength(1);
      expect((await failureOf(change(it_.unknownId))).code).toBe('NOT_FOUND');
    } else {
      expect((await failureOf(change(providerCallId))).code).toBe('UNSUPPORTED_BY_PROVIDER');
      expect(writes()).toHaveLength(0);
    }
  });

  it('cancels a call that nobody has answered, and refuses to cancel an answered one', async () => {
    const first = await it_.adapter.create(aNewCall(), createOperation());
    if (!can('CANCEL_CALL')) {
      const failure = await failureOf(it_.adapter.end(first.providerCallId, 'CANCEL', createOperation()));
      expect(failure.code).toBe('UNSUPPORTED_BY_PROVIDER');
      return;
    }
    it_.clock.advance(2_000);
    await it_.adapter.end(first.providerCallId, 'CANCEL', createOperation());
    expect(await it_.adapter.get(first.providerCallId, createOperation())).toMatchObject({
      status: 'CANCELED',
    });
    const second = await it_.adapter.create(aNewCall(), createOperation());
    it_.clock.advance(30_000);
    const failure = await failureOf(it_.adapter.end(second.providerCallId, 'CANCEL', createOperation()));
    expect(failure.code).toBe('CONFLICT');
    expect(await it_.adapter.get(second.providerCallId, createOperation())).toMatchObject({
      status: 'IN_PROGRESS',
    });
  });

  describe('in trouble', () => {
    const api = (method: string) => ({ method, path: /[Cc]alls/ });

    it.each([
      ['status 503', { kind: 'status', status: 503 }, 'PROVIDER_UNAVAILABLE'],
      ['status 401', { kind: 'status', status: 401 }, 'PROVIDER_UNAUTHENTICATED'],
      ['status 403', { kind: 'status', status: 403 }, 'PROVIDER_FORBIDDEN'],
      ['HTML', { kind: 'html' }, 'PROVIDER_MISBEHAVED'],
      ['half an answer', { kind: 'bad-json' }, 'PROVIDER_MISBEHAVED'],
      ['an endless answer', { kind: 'endless' }, 'PROVIDER_MISBEHAVED'],
      ['a reset', { kind: 'reset' }, 'PROVIDER_UNAVAILABLE'],
      ['a cut body', { kind: 'half-body' }, 'PROVIDER_UNAVAILABLE'],
      ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'PROVIDER_MISBEHAVED'],
    ] as const)('a read that meets %s fails clearly', async (_, fault, code) => {
      const id = it_.add(it_.clock.now() - 3_600_000);
      it_.faults.add({ when: api('GET'), do: fault });
      expect((await failureOf(it_.adapter.get(id, createOperation()))).code).toBe(code);
    });

    it('tells how long to wait where the provider says so', async () => {
      it_.faults.add({
        do: { kind: 'status', status: 429, headers: { 'Retry-After': '7' } },
        when: api('GET'),
      });
      const failure = await failureOf(it_.adapter.get(it_.unknownId, createOperation()));
      expect(failure).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 7 });
    });

    it.each([
      ['a reset', { kind: 'reset' }],
      ['a reset after it was done', { kind: 'reset-after-apply' }],
      ['half an answer', { kind: 'bad-json' }],
      ['a cut body', { kind: 'half-body' }],
      ['HTML', { kind: 'html' }],
      ['status 500 without a reason', { kind: 'status', status: 500 }],
      ['status 502', { kind: 'status', status: 502, body: '<html>bad gateway</html>' }],
      ['status 504', { kind: 'status', status: 504 }],
      ['status 408 of something in between', { kind: 'status', status: 408 }],
      ['status 409, as if there were a call already', { kind: 'status', status: 409 }],
      ['status 499', { kind: 'status', status: 499 }],
    ] as const)('a create that meets %s is sent once, and its outcome is unknown', async (_, fault) => {
      it_.faults.add({ when: api('POST'), do: fault });
      expect((await failureOf(it_.adapter.create(aNewCall(), createOperation()))).code).toBe(
        'OUTCOME_UNKNOWN',
      );
      expect(writes()).toHaveLength(1);
    });

    it('a create that is refused for its credentials is sent once, and not unknown', async () => {
      it_.faults.add({ when: api('POST'), do: { kind: 'status', status: 401 } });
      const failure = await failureOf(it_.adapter.create(aNewCall(), createOperation()));
      expect(failure.code).toBe('PROVIDER_UNAUTHENTICATED');
      expect(writes()).toHaveLength(1);
    });

    it('a create that never left is not unknown', async () => {
      await it_.adapter.get(it_.unknownId, createOperation());
      await it_.stopCarrier();
      const failure = await failureOf(it_.adapter.create(aNewCall(), createOperation()));
      expect(failure.code).toBe('PROVIDER_UNAVAILABLE');
    });

    it('a read that gets no answer in the time that its account allows fails clearly', async () => {
      await it_.close();
      it_ = await start(impatient);
      it_.faults.add({ when: api('GET'), do: { kind: 'hang' } });
      const failure = await failureOf(it_.adapter.get(it_.unknownId, createOperation()));
      expect(failure.code).toBe('PROVIDER_TIMEOUT');
    });

    it('a create that gets no answer is sent once, and its outcome is unknown', async () => {
      it_.faults.add({ when: api('POST'), do: { kind: 'hang' } });
      const deadline = new AbortController();
      const operation = { ...createOperation(), signal: deadline.signal };
      const placing = failureOf(it_.adapter.create(aNewCall(), operation));
      await expect.poll(() => writes().length, { timeout: 60_000 }).toBe(1);
      deadline.abort(new Error('the deadline has passed'));
      expect((await placing).code).toBe('OUTCOME_UNKNOWN');
      expect(writes()).toHaveLength(1);
    });

    it('gives up at the deadline', async () => {
      await it_.close();
      // A request for a token goes on for so long when the adapter closes.
      it_ = await start({ ...patient, headersTimeout: 1_000 });
      it_.faults.add({ do: { kind: 'hang' } });
      const began = performance.now();
      const failure = await failureOf(it_.adapter.get(it_.unknownId, createOperation(100)));
      expect(failure.code).toBe('PROVIDER_TIMEOUT');
      expect(performance.now() - began).toBeLessThan(patient.readDeadline);
    });

    it('tells nothing of what the provider said', async () => {
      const canary = 'canary-4711';
      const body = JSON.stringify({ type: canary, description: canary, id: canary });
      for (const status of [400, 401, 403, 404, 409, 418, 429, 500, 503]) {
        it_.faults.clear();
        it_.faults.add({
          when: api('POST'),
          do: { kind: 'status', status, body, headers: { 'x-canary': canary } },
        });
        const { message, field } = await failureOf(it_.adapter.create(aNewCall(), createOperation()));
        expect(`${message} ${field}`).not.toContain(canary);
        expect(message).not.toMatch(/https?:|\+1919/);
      }
    });
  });
});
