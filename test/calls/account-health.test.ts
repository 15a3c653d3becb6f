import { describe, expect, it } from 'vitest';
import { AccountHealth } from '../../src/calls/account-health.ts';
import type { ErrorCode } from '../../src/generated/schema.ts';

function record() {
  const clock = { now: 0 };
  const health = new AccountHealth(() => clock.now);
  const states: string[] = [];
  health.onChange = () => states.push(health.state);
  const at = (now: number): AccountHealth => {
    clock.now = now;
    return health;
  };
  return { health, states, at };
}

const [first, second] = ['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:02.000Z'];

describe('the health of an account', () => {
  it('is unknown before any request', () => {
    const { state, code, since, lastSuccess } = record().health;
    expect({ state, code, since, lastSuccess }).toEqual({
      state: 'UNKNOWN',
      code: null,
      since: null,
      lastSuccess: null,
    });
  });

  it('tells since when requests succeed, and when the last one did', () => {
    const { health, at } = record();
    at(1_000).succeed();
    at(2_000).succeed();
    expect(health).toMatchObject({ state: 'OK', code: null, since: first, lastSuccess: second });
  });

  it('tells since when requests fail, and why the latest one did', () => {
    const { health, states, at } = record();
    at(1_000).fail({ code: 'PROVIDER_TIMEOUT' }, false);
    at(2_000).fail({ code: 'PROVIDER_UNAVAILABLE' }, false);
    expect(health).toMatchObject({ state: 'DEGRADED', code: 'PROVIDER_UNAVAILABLE', since: first });
    at(2_000).succeed();
    expect(health).toMatchObject({ state: 'OK', code: null, since: second });
    expect(states).toEqual(['DEGRADED', 'OK']);
  });

  it('keeps the reason for which the circuit breaker opened, until a request succeeds', () => {
    const { health, states, at } = record();
    at(1_000).fail({ code: 'PROVIDER_TIMEOUT' }, true);
    at(2_000).fail({ code: 'PROVIDER_UNAVAILABLE' }, true);
    at(2_000).fail({ code: 'PROVIDER_UNAVAILABLE' }, false);
    expect(health).toMatchObject({ state: 'UNAVAILABLE', code: 'PROVIDER_TIMEOUT', since: first });
    at(2_000).succeed();
    expect(states).toEqual(['UNAVAILABLE', 'OK']);
  });

  it.each<ErrorCode>(['INVALID_INPUT', 'NOT_FOUND', 'CONFLICT', 'RATE_LIMITED', 'UNSUPPORTED_BY_PROVIDER'])(
    'is not changed by %s, which is about the request',
    (code) => {
      const { health, at } = record();
      at(1_000).succeed();
      at(2_000).fail({ code }, false);
      expect(health).toMatchObject({ state: 'OK', since: first });
    },
  );
});
