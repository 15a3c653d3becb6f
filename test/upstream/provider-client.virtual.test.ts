import { describe, expect, it } from 'vitest';
import { ProviderClient } from '../../src/upstream/provider-client.ts';
import { pause } from '../support/eventually.ts';
import { installVirtualTime } from '../support/virtual-time.ts';
import {
  answered,
  clientOf,
  endOf,
  get,
  limits,
  lost,
  post,
  put,
  Scripted,
  slow,
  someone,
} from './resilience/scripted.ts';

installVirtualTime();

describe('a GET', () => {
  it.each([
    ['is made once when all is well', [200], 200, 1],
    ['survives two failures', [429, 503, 200], 200, 3],
    ['survives a reset and a timeout', [lost('broken'), lost('timeout'), 200], 200, 3],
    ['survives a refused connection', [lost('unreachable', false), 200], 200, 2],
    ['is given up after three attempts', [502], 502, 3],
    ['ends with the last failure', [503, 503, lost('broken')], 'broken, sent', 3],
    ['is not repeated after a 500', [500], 500, 1],
    ['is not repeated after a 404', [404], 404, 1],
    ['is not repeated when the answer cannot be read', [lost('unreadable')], 'unreadable, sent', 1],
  ])('%s', async (_, steps, end, requests) => {
    const http = new Scripted(...steps);
    const waiter = someone();
    expect(await endOf(clientOf(http).request(get(), waiter))).toBe(end);
    expect(waiter.requests).toBe(requests);
    expect(http.made).toHaveLength(requests);
  });

  it('waits as Retry-After says', async () => {
    const http = new Scripted(answered(503, { 'retry-after': '1' }), 200);
    expect(await endOf(clientOf(http).request(get(), someone(5_000)))).toBe(200);
    const [first, second] = http.made;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(999);
  });

  it.each([
    ['the deadline', 400, 5_000, '1'],
    ['any deadline', 400, 5_000, '999999999'],
    ['half of the time that is left', 1_900, 5_000, '1'],
    ['the time that any request has', undefined, 5_000, '6'],
    ['half of the time that requests of the account have', 30_000, 1_900, '1'],
    ['what a list waits for one account', 30_000, 30_000, '2'],
  ])(
    'ends at once with the answer when Retry-After is beyond %s',
    async (_, deadline, readDeadline, seconds) => {
      const http = new Scripted(answered(429, { 'retry-after': seconds }));
      const client = new ProviderClient(http, { ...limits, readDeadline }, { random: () => 0.1 });
      const began = performance.now();
      expect(await endOf(client.request(get(), someone(deadline)))).toBe(429);
      expect(performance.now() - began).toBeLessThan(900);
      expect(http.made).toHaveLength(1);
    },
  );

  it('that is shared ends at once for who cannot wait, and goes on for who can', async () => {
    const http = new Scripted(answered(503, { 'retry-after': '1' }), 200);
    const client = clientOf(http);
    const began = performance.now();
    const patient = endOf(client.request(get(), someone(4_000)));
    expect(await endOf(client.request(get(), someone(300)))).toBe(503);
    await pause(50);
    expect(await endOf(client.request(get(), someone(300)))).toBe(503);
    expect(performance.now() - began).toBeLessThan(250);
    expect(await patient).toBe(200);
    expect(http.made).toHaveLength(2);
  });

  it.each([
    ['under way', new Scripted('hang'), {}, 'aborted, sent'],
    ['waiting to be repeated', new Scripted(503), slow, 'aborted, sent'],
    ['waiting to connect again', new Scripted(lost('unreachable', false)), slow, 'aborted, not sent'],
    ['waiting for a place', new Scripted('hang'), { maxConcurrent: 0 }, 'aborted, not sent'],
  ])('ends when its client leaves while it is %s', async (_, http, options, expected) => {
    const client = clientOf(http, options);
    const waiter = someone();
    const end = endOf(client.request(get(), waiter));
    await pause(20);
    const left = performance.now();
    waiter.leave();
    expect(await end).toBe(expected);
    expect(performance.now() - left).toBeLessThan(50);
    expect(http.underWay).toBe(0);
  });

  it('is not made at all for a client that has left', async () => {
    const http = new Scripted(200);
    const waiter = someone();
    waiter.leave();
    expect(await endOf(clientOf(http).request(get(), waiter))).toBe('aborted, not sent');
    expect(http.made).toHaveLength(0);
  });

  it('is over by its deadline, whatever happens', async () => {
    const steps = [503, 'hang', lost('broken'), answered(429, { 'retry-after': '1' })] as const;
    const late: number[] = [];
    await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const http = new Scripted(...steps.slice(i % 4), ...steps);
        http.delay = (i * 7) % 40;
        const client = clientOf(http, { backoff: { base: 50, longest: 200 } });
        const deadline = performance.now() + 100;
        await endOf(client.request(get(), someone(100)));
        late.push(performance.now() - deadline);
      }),
    );
    expect(Math.max(...late)).toBeLessThan(150);
  });
});

describe.each([
  ['POST', post],
  ['PUT', put],
])('a %s', (_, write) => {
  it.each([
    ['an answer of any kind', 503, '503', 1],
    ['a 429', answered(429, { 'retry-after': '0' }), '429', 1],
    ['a reset', lost('broken'), 'broken, sent', 1],
    ['a timeout', lost('timeout'), 'timeout, sent', 1],
    ['a failure to connect after which it may have been sent', lost('unreachable'), 'unreachable, sent', 1],
    ['a header that cannot be sent', lost('unwritable', false), 'unwritable, not sent', 1],
    ['a refused connection: once more', lost('unreachable', false), 'unreachable, not sent', 2],
  ])('leaves once, after %s', async (_, step, end, requests) => {
    const http = new Scripted(step);
    expect(String(await endOf(clientOf(http).request(write, someone())))).toBe(end);
    expect(http.made).toHaveLength(requests);
  });

  it('that never left may leave the second time, and then not again', async () => {
    const http = new Scripted(lost('unreachable', false), lost('broken'), 200);
    expect(await endOf(clientOf(http).request(write, someone()))).toBe('broken, sent');
    expect(http.made).toHaveLength(2);
  });

  it('whose client leaves says whether it was sent', async () => {
    const http = new Scripted('hang');
    const [sent, queued] = [someone(), someone()];
    const client = clientOf(http, { maxConcurrent: 1 });
    const ends = [sent, queued].map((waiter) => endOf(client.request(write, waiter)));
    await pause(5);
    queued.leave();
    sent.leave();
    expect(await Promise.all(ends)).toEqual(['aborted, sent', 'aborted, not sent']);
  });
});

describe('closing', () => {
  it('waits for what is under way and what queues', async () => {
    const http = new Scripted(200);
    const client = clientOf(http, { callsPerSecond: 20 });
    const answers = [1, 2, 3].map(() => endOf(client.request({ ...post, paced: true }, someone())));
    await client.close();
    expect(http.isClosed).toBe(true);
    expect(http.made).toHaveLength(3);
    expect(await Promise.all(answers)).toEqual([200, 200, 200]);
  });

  it('is possible when nothing was ever asked', async () => {
    const http = new Scripted(200);
    await clientOf(http).close();
    expect(http.isClosed).toBe(true);
  });
});

describe('a mistake of ours', () => {
  it('is passed on and blocks nothing', async () => {
    const http = new Scripted(200);
    const right = http.request.bind(http);
    http.request = async () => {
      throw new TypeError('a mistake');
    };
    const client = clientOf(http, { maxConcurrent: 1, breaker: { failures: 1 } });
    await expect(client.request(get(), someone())).rejects.toThrow('a mistake');
    await expect(client.request(post, someone())).rejects.toThrow('a mistake');
    http.request = right;
    expect(await endOf(client.request(get(), someone()))).toBe(200);
    await client.close();
  });
});
