import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { MutedCalls } from '../../../src/adapters/restcomm/muted-calls.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import { createCallMarks } from '../../../src/store/call-marks.ts';
import { RedisStore } from '../../../src/store/redis-store.ts';
import { hasOwnRedis, startRedis, unlessNoOwnRedis } from '../../support/redis-server.ts';
import { someAccount } from '../../support/some-call.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('remembers a call until it is unmuted', async () => {
  const calls = new MutedCalls(someAccount());
  expect(await calls.has('CA1')).toBe(false);
  await calls.set('CA1', true);
  expect(await calls.has('CA1')).toBe(true);
  await calls.set('CA1', false);
  expect(await calls.has('CA1')).toBe(false);
});

test('forgets a call after a day', async () => {
  vi.useFakeTimers();
  const calls = new MutedCalls(someAccount());
  await calls.set('CA1', true);
  vi.advanceTimersByTime(24 * 3_600_000);
  expect(await calls.has('CA1')).toBe(true);
  vi.advanceTimersByTime(1);
  expect(await calls.has('CA1')).toBe(false);
});

test('keeps ten thousand, those muted last', async () => {
  const calls = new MutedCalls(someAccount());
  for (let index = 0; index < 10_000; index++) await calls.set(`CA${index}`, true);
  await calls.set('CA0', true);
  await calls.set('CA10000', true);
  expect(await calls.has('CA0')).toBe(true);
  expect(await calls.has('CA1')).toBe(false);
  expect(await calls.has('CA2')).toBe(true);
});

describe.skipIf(!hasOwnRedis)(`processes that share a Redis ${unlessNoOwnRedis}`, () => {
  /** Two processes on one Redis. */
  async function open() {
    const redis = await startRedis();
    onTestFinished(redis.stop);
    const [one, other] = [1, 2].map(() => {
      const store = new RedisStore({ urls: [redis.url] });
      onTestFinished(() => store.close());
      return new MutedCalls(someAccount(), createCallMarks(store, 'alpha', 'muted'));
    });
    if (one === undefined || other === undefined) throw new Error('unreachable');
    return { one, other, redis };
  }
  const failing = (code: ProviderError['code']) => async () => {
    throw new ProviderError(code, 'It failed.');
  };

  test('remember a call that one of them has muted, until another unmutes it', async () => {
    const { one, other } = await open();
    await one.change('CA1', true, async () => expect(await other.has('CA1')).toBe(true));
    expect([await other.has('CA1'), await other.has('CA2')]).toEqual([true, false]);
    await other.change('CA1', false, async () => undefined);
    expect(await one.has('CA1')).toBe(false);
  });

  test('remember what may have been done, and not what was refused', async () => {
    const { one, other } = await open();
    await expect(one.change('CA1', true, failing('CONFLICT'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await other.has('CA1')).toBe(false);
    await one.change('CA2', true, failing('OUTCOME_UNKNOWN')).catch(() => undefined);
    expect(await other.has('CA2')).toBe(true);
  });

  test('make no change while it cannot be remembered, and say so', async () => {
    const { one, redis } = await open();
    await redis.stop();
    const make = vi.fn(async () => undefined);
    const failure = { code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('nothing was done') };
    await expect(one.change('CA1', true, make)).rejects.toMatchObject(failure);
    await expect(one.has('CA1')).rejects.toMatchObject(failure);
    expect(make).not.toHaveBeenCalled();
  });
});
