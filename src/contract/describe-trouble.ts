import { describe, expect, it } from 'vitest';
import type { Limits } from '../calls/calls-adapter.ts';
import { ProviderError } from '../calls/failure.ts';
import { aNewCall, type Contracted, createOperation, impatient, patient, writesIn } from './contracted.ts';

/**
 * Describes what becomes of requests when the provider or the network fails.
 *
 * @param its what is tested
 * @param restart replaces it by one with these limits
 */
export function describeTrouble(its: () => Contracted, restart: (limits: Limits) => Promise<void>): void {
  describe('in trouble', () => {
    const writes = () => writesIn(its().journal);
    const getUnknown = () => its().adapter.get(its().unknownId, createOperation());
    const create = () => its().adapter.create(aNewCall(), createOperation());

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
      const id = its().add(its().clock.now() - 3_600_000);
      its().faults.add({ when: api('GET'), do: fault });
      expect(await codeOf(its().adapter.get(id, createOperation()))).toBe(code);
    });

    it('tells how long to wait where the provider says so', async () => {
      its().faults.add({
        when: api('GET'),
        do: { kind: 'status', status: 429, headers: { 'Retry-After': '7' } },
      });
      const failure = await failureOf(getUnknown());
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
      its().faults.add({ when: api('POST'), do: fault });
      expect(await codeOf(create())).toBe('OUTCOME_UNKNOWN');
      expect(writes()).toHaveLength(1);
    });

    it('a create that is refused for its credentials is sent once, and not unknown', async () => {
      its().faults.add({ when: api('POST'), do: { kind: 'status', status: 401 } });
      expect(await codeOf(create())).toBe('PROVIDER_UNAUTHENTICATED');
      expect(writes()).toHaveLength(1);
    });

    it('a create that never left is not unknown', async () => {
      await getUnknown();
      await its().stopCarrier();
      expect(await codeOf(create())).toBe('PROVIDER_UNAVAILABLE');
    });

    it('a read that gets no answer in the time that its account allows fails clearly', async () => {
      await restart(impatient);
      its().faults.add({ when: api('GET'), do: { kind: 'hang' } });
      expect(await codeOf(getUnknown())).toBe('PROVIDER_TIMEOUT');
    });

    it('a create that gets no answer is sent once, and its outcome is unknown', async () => {
      its().faults.add({ when: api('POST'), do: { kind: 'hang' } });
      const deadline = new AbortController();
      const operation = { ...createOperation(), signal: deadline.signal };
      const placing = codeOf(its().adapter.create(aNewCall(), operation));
      await expect.poll(() => writes().length, { timeout: 60_000 }).toBe(1);
      deadline.abort(new Error('the deadline has passed'));
      expect(await placing).toBe('OUTCOME_UNKNOWN');
      expect(writes()).toHaveLength(1);
    });

    it('gives up at the deadline', async () => {
      its().faults.add({ do: { kind: 'hang' } });
      const began = performance.now();
      expect(await codeOf(its().adapter.get(its().unknownId, createOperation(100)))).toBe('PROVIDER_TIMEOUT');
      expect(performance.now() - began).toBeLessThan(patient.readDeadline);
    });

    it('tells nothing of what the provider said', async () => {
      const canary = 'canary-4711';
      const body = JSON.stringify({ type: canary, description: canary, id: canary });
      for (const status of [400, 401, 403, 404, 409, 418, 429, 500, 503]) {
        its().faults.clear();
        its().faults.add({
          when: api('POST'),
          do: { kind: 'status', status, body, headers: { 'x-canary': canary } },
        });
        const { message, field } = await failureOf(create());
        expect(`${message} ${field}`).not.toContain(canary);
        expect(message).not.toMatch(/https?:|\+1919/);
      }
    });
  });
}

/** What an adapter rejects with, which must be a `ProviderError`. */
export async function failureOf(promise: Promise<unknown>): Promise<ProviderError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProviderError);
  return error as ProviderError;
}

/** The code of what an adapter rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return (await failureOf(promise)).code;
}
