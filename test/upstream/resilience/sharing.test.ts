import { describe, expect, it } from 'vitest';
import { pause } from '../../support/eventually.ts';
import { clientOf, endOf, get, lost, post, Scripted, someone } from './scripted.ts';

describe('identical GETs under way', () => {
  it('are one request, which counts once, while everybody counts the time', async () => {
    const http = new Scripted(200);
    http.delay = 20;
    const client = clientOf(http);
    const waiters = [someone(), someone(), someone()];
    const answers = await Promise.all(waiters.map((waiter) => client.request(get(), waiter)));
    expect(new Set(answers).size).toBe(1);
    expect(http.made).toHaveLength(1);
    expect(waiters.map(({ requests }) => requests)).toEqual([1, 0, 0]);
    expect(Math.min(...waiters.map(({ milliseconds }) => milliseconds))).toBeGreaterThan(15);
  });

  it('are not kept once answered', async () => {
    const http = new Scripted(200);
    const client = clientOf(http);
    await client.request(get(), someone());
    await client.request(get(), someone());
    expect(http.made).toHaveLength(2);
  });

  it.each([
    ['another path', get('/calls/2')],
    ['other headers', get('/calls/1', { authorization: 'new' })],
    ['more headers', get('/calls/1', { authorization: 'old', accept: 'x' })],
  ])('are not those with %s', async (_, other) => {
    const http = new Scripted(200);
    const client = clientOf(http);
    await Promise.all([
      client.request(get('/calls/1', { authorization: 'old' }), someone()),
      client.request(other, someone()),
    ]);
    expect(http.made).toHaveLength(2);
  });

  it('may be joined although another with other headers has ended', async () => {
    const http = new Scripted(200, 'hang');
    const client = clientOf(http);
    const later = [someone(), someone()];
    const first = endOf(client.request(get('/calls/1', { authorization: 'old' }), someone()));
    const ends = [endOf(client.request(get('/calls/1', { authorization: 'new' }), later[0] ?? someone()))];
    await first;
    ends.push(endOf(client.request(get('/calls/1', { authorization: 'new' }), later[1] ?? someone())));
    expect(http.made).toHaveLength(2);
    for (const waiter of later) waiter.leave();
    await Promise.all(ends);
  });

  it('are never writes', async () => {
    const http = new Scripted(200);
    const client = clientOf(http);
    await Promise.all([client.request(post, someone()), client.request(post, someone())]);
    expect(http.made).toHaveLength(2);
  });

  it('are repeated for everybody', async () => {
    const http = new Scripted(503, lost('broken'), 200);
    const client = clientOf(http);
    const waiters = [someone(), someone()];
    const ends = waiters.map((waiter) => endOf(client.request(get(), waiter)));
    expect(await Promise.all(ends)).toEqual([200, 200]);
    expect(waiters.map(({ requests }) => requests)).toEqual([3, 0]);
  });

  it('go on for those who stay when one leaves, the first one too', async () => {
    const http = new Scripted(200);
    http.delay = 30;
    const client = clientOf(http);
    const [first, second] = [someone(), someone()];
    const ends = [first, second].map((waiter) => endOf(client.request(get(), waiter)));
    first.leave();
    expect(await Promise.race(ends)).toBe('aborted, sent');
    expect(http.underWay).toBe(1);
    expect(await ends[1]).toBe(200);
  });

  it('count what is repeated for who is still there', async () => {
    const http = new Scripted(503, 200);
    const client = clientOf(http);
    const [first, second] = [someone(), someone()];
    const ends = [first, second].map((waiter) => endOf(client.request(get(), waiter)));
    first.leave();
    await Promise.all(ends);
    expect([first.requests, second.requests]).toEqual([1, 1]);
  });

  it('end when the last one leaves, and are not joined after that', async () => {
    const http = new Scripted('hang', 200);
    const client = clientOf(http);
    const [first, second] = [someone(), someone()];
    const ends = [first, second].map((waiter) => endOf(client.request(get(), waiter)));
    await pause(5);
    first.leave();
    second.leave();
    const third = endOf(client.request(get(), someone()));
    expect(await Promise.all([...ends, third])).toEqual(['aborted, sent', 'aborted, sent', 200]);
    expect(http.underWay).toBe(0);
  });

  it('are not those from before a write that has been answered: it shows in what is read after it', async () => {
    const http = new Scripted('hang', 200, 200);
    const client = clientOf(http);
    const early = someone();
    const before = endOf(client.request(get(), early));
    await client.request(post, someone());
    expect(await endOf(client.request(get(), someone()))).toBe(200);
    expect(http.made).toHaveLength(3);
    early.leave();
    expect(await before).toBe('aborted, sent');
  });

  it('leave no listener on the signals of those who waited', async () => {
    const client = clientOf(new Scripted(503, 200));
    const waiter = someone();
    let listeners = 0;
    const { signal } = waiter;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listeners += 1;
      add(...given);
    };
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...given);
    };
    await Promise.all([client.request(get(), waiter), client.request(get(), waiter)]);
    expect(listeners).toBe(0);
  });
});
