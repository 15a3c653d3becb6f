import { describe, expect, it } from 'vitest';
import { installVirtualTime } from '../../support/virtual-time.ts';
import { clientOf, endOf, get, post, Scripted, someone } from './scripted.ts';

installVirtualTime();

describe('paced requests', () => {
  const paced = { ...post, paced: true };

  it('leave one by one, others as they like', async () => {
    const http = new Scripted(200);
    const client = clientOf(http, { callsPerSecond: 20 });
    const began = performance.now();
    await Promise.all([1, 2, 3, 4].map(() => client.request(paced, someone())));
    expect(performance.now() - began).toBeGreaterThanOrEqual(149);
    const between = http.made.slice(1).map(({ at }, i) => at - (http.made[i]?.at ?? 0));
    expect(Math.min(...between)).toBeGreaterThan(30);
    const others = performance.now();
    await Promise.all([1, 2, 3, 4].map((each) => client.request(get(`/${each}`), someone())));
    expect(performance.now() - others).toBeLessThan(49);
  });

  it('do not wait their turn for a provider that is left alone', async () => {
    const client = clientOf(new Scripted(500), { callsPerSecond: 1, breaker: { failures: 1 } });
    await client.request(paced, someone());
    const began = performance.now();
    expect(await endOf(client.request(paced, someone()))).toBe('circuit-open, not sent');
    expect(performance.now() - began).toBeLessThan(200);
  });

  it('that run into their deadline while waiting were never sent', async () => {
    const http = new Scripted(200);
    const client = clientOf(http, { callsPerSecond: 2 });
    await client.request(paced, someone());
    expect(await endOf(client.request(paced, someone(50)))).toBe('rate-limited, not sent');
    expect(http.made).toHaveLength(1);
  });

  it('are refused when too many wait', async () => {
    const client = clientOf(new Scripted(200), { callsPerSecond: 20, maxPaced: 1 });
    const ends = [1, 2, 3].map(() => endOf(client.request(paced, someone())));
    expect(await Promise.all(ends)).toEqual([200, 200, 'rate-limited, not sent']);
  });

  it('count the time that they waited', async () => {
    const client = clientOf(new Scripted(200), { callsPerSecond: 20 });
    await client.request(paced, someone());
    const waiter = someone();
    await client.request(paced, waiter);
    expect(waiter.milliseconds).toBeGreaterThan(30);
  });
});
