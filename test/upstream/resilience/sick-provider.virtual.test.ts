import { describe, expect, it } from 'vitest';
import { pause } from '../../support/eventually.ts';
import { installVirtualTime } from '../../support/virtual-time.ts';
import { clientOf, endOf, get, post, Scripted, slow, someone } from './scripted.ts';

installVirtualTime();

describe('a sick provider', () => {
  it('is left alone after a row of faults, and asked again by one request', async () => {
    const http = new Scripted(500, 500, 500, 500, 500, 200);
    http.delay = 5;
    const client = clientOf(http, { breaker: { coolDown: 100 } });
    for (let each = 0; each < 5; each += 1) await client.request(get(), someone());
    const began = performance.now();
    expect(await endOf(client.request(get(), someone()))).toBe('circuit-open, not sent');
    expect(await endOf(client.request(post, someone()))).toBe('circuit-open, not sent');
    expect(performance.now() - began).toBeLessThan(50);
    expect(http.made).toHaveLength(5);
    await pause(110);
    const ends = ['/1', '/2', '/3'].map((path) => endOf(client.request(get(path), someone())));
    expect(await Promise.all(ends)).toEqual([200, 'circuit-open, not sent', 'circuit-open, not sent']);
    expect(await endOf(client.request(get(), someone()))).toBe(200);
  });

  it('is not asked by those who queued when it was found out', async () => {
    const http = new Scripted(500);
    const client = clientOf(http, { maxConcurrent: 1, breaker: { failures: 2 } });
    const ends = ['/1', '/2', '/3', '/4'].map((path) => endOf(client.request(get(path), someone())));
    expect(await Promise.all(ends)).toEqual([500, 500, 'circuit-open, not sent', 'circuit-open, not sent']);
  });

  it('is told by its own answer, at once, when a repetition would be refused', async () => {
    const client = clientOf(new Scripted(503), { breaker: { failures: 1 }, ...slow });
    const began = performance.now();
    expect(await endOf(client.request(get(), someone()))).toBe(503);
    expect(performance.now() - began).toBeLessThan(200);
  });

  it('is told by its own answer when there was no place for a repetition', async () => {
    const http = new Scripted(503, 'hang');
    const client = clientOf(http, {
      maxConcurrent: 1,
      maxQueued: 0,
      backoff: { base: 50, longest: 50 },
      random: () => 0.9,
    });
    const end = endOf(client.request(get('/1'), someone()));
    await pause(10);
    const other = someone();
    const hanging = endOf(client.request(get('/2'), other));
    expect(await end).toBe(503);
    other.leave();
    await hanging;
    expect(http.made).toHaveLength(2);
  });

  it('that was left alone is not asked more often afterwards', async () => {
    const http = new Scripted(500, 200, 429);
    const client = clientOf(http, { breaker: { failures: 1, coolDown: 30 }, retryBudget: { minRetries: 0 } });
    for (let each = 0; each < 50; each += 1) await endOf(client.request(get(), someone()));
    await pause(40);
    expect(await endOf(client.request(get(), someone()))).toBe(200);
    expect(await endOf(client.request(get(), someone()))).toBe(429);
    expect(http.made).toHaveLength(3);
  });

  it('is not finished off by repetitions', async () => {
    const http = new Scripted(503);
    const client = clientOf(http, { breaker: { failures: Number.POSITIVE_INFINITY } });
    for (let each = 0; each < 200; each += 1) {
      await client.request(get(`/${each}`), someone());
    }
    expect(http.made.length).toBeLessThanOrEqual(240);
    expect(http.made.length).toBeGreaterThan(220);
  });

  it('that hangs until clients give up is found out, too', async () => {
    const http = new Scripted('hang');
    const client = clientOf(http, { breaker: { failures: 2 } });
    const ends = [1, 2].map((each) => endOf(client.request(get(`/${each}`), someone(2_050))));
    expect(await Promise.all(ends)).toEqual(['aborted, sent', 'aborted, sent']);
    expect(await endOf(client.request(get(), someone()))).toBe('circuit-open, not sent');
  });

  it('is not suspected because clients leave', async () => {
    const http = new Scripted('hang');
    const client = clientOf(http, { breaker: { failures: 1 } });
    for (let each = 0; each < 10; each += 1) {
      expect(await endOf(client.request(get(), someone(1)))).toBe('aborted, sent');
    }
    expect(http.made).toHaveLength(10);
  });
});
