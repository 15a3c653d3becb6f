import { describe, expect, it } from 'vitest';
import { bandwidth, connect } from './emulated.ts';

describe('faults', () => {
  it('answer a status of one’s own, without doing the work', async () => {
    const { carrier, create } = await bandwidth();
    carrier.faults.add({
      do: { kind: 'status', status: 503, headers: { 'Retry-After': '2' }, body: 'busy' },
    });
    const answer = await create();
    expect(answer).toMatchObject({ status: 503, text: 'busy' });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(carrier.calls).toHaveLength(0);
  });

  it.each([
    [400, 'validation', 'Bad Request', null],
    [401, 'authentication-error', 'Unauthorized', null],
    [403, 'authorization-error', 'Forbidden', null],
    [404, 'validation', 'Not Found', null],
    [405, 'validation', 'Method Not Allowed', null],
    [415, 'validation', 'Unsupported Media Type', null],
    [429, 'error', 'Account call creation rate limit exceeded', ''],
    [500, 'internal-error', 'An unknown internal error occurred', null],
    [503, 'system-overloaded', 'Handling too many requests', null],
  ])('answer %i in Bandwidth’s words where none are given', async (status, type, description, id) => {
    const { carrier, list } = await bandwidth();
    carrier.faults.add({ do: { kind: 'status', status } });
    const answer = await list();
    expect(answer).toMatchObject({ status, data: { type, description, id } });
    expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '1' : null);
  });

  it.each([
    [404, 'Call [c-1] not found', null],
    [409, 'Call [c-1] cannot be modified in its current state', ''],
  ])('answer %i with the body that names the call asked for', async (status, description, id) => {
    const { carrier, update, bxml } = await bandwidth();
    carrier.faults.add({ do: { kind: 'status', status } });
    const refused = { status, data: { type: 'validation', description, id } };
    expect(await update('c-1', { state: 'completed' })).toMatchObject(refused);
    expect(await bxml('c-1', '<Bxml/>')).toMatchObject(refused);
  });

  it('answer in Restcomm’s way: a page for 500, nothing for 400', async () => {
    const { carrier, list } = await connect();
    carrier.faults.add({ times: 1, do: { kind: 'status', status: 500 } });
    expect(await list()).toMatchObject({ status: 500, text: expect.stringContaining('<html>') });
    carrier.faults.add({ do: { kind: 'status', status: 400 } });
    expect(await list()).toMatchObject({ status: 400, text: '' });
  });

  it('reset the socket before the work', async () => {
    const { carrier, create } = await bandwidth();
    carrier.faults.add({ do: { kind: 'reset' } });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(carrier.calls).toHaveLength(0);
    expect(carrier.journal).toHaveLength(1);
  });

  it('reset the socket after the work, so that the caller cannot know', async () => {
    const { carrier, create } = await bandwidth();
    carrier.faults.add({ do: { kind: 'reset-after-apply' } });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(carrier.calls).toHaveLength(1);
  });

  it('answer late, the work being done at once', async () => {
    const { carrier, create } = await bandwidth();
    carrier.faults.add({ do: { kind: 'latency', ms: 60 } });
    carrier.faults.add({ do: { kind: 'latency', ms: 40 } });
    const begun = performance.now();
    const answer = create();
    await expect.poll(() => carrier.calls.length).toBe(1);
    expect((await answer).status).toBe(201);
    expect(performance.now() - begun).toBeGreaterThan(95);
  });

  it('never answer', async () => {
    const { carrier, send, calls } = await bandwidth();
    carrier.faults.add({ do: { kind: 'hang' } });
    const waited = Promise.race([
      send(calls),
      new Promise((resolve) => setTimeout(resolve, 80, 'still waiting')),
    ]);
    expect(await waited).toBe('still waiting');
  });

  it('break off in the middle of an announced body', async () => {
    const { carrier, list } = await bandwidth();
    carrier.add({});
    carrier.faults.add({ do: { kind: 'half-body' } });
    await expect(list()).rejects.toThrow('terminated');
  });

  it('break off in the middle of the JSON', async () => {
    const { carrier, list } = await bandwidth();
    carrier.add({});
    carrier.faults.add({ do: { kind: 'bad-json' } });
    const answer = await list();
    expect(answer).toMatchObject({ status: 200, data: undefined });
    expect(answer.text).toMatch(/^\[\{"applicationId"/);
  });

  it('answer 200 with a web page', async () => {
    const { carrier, list } = await bandwidth();
    carrier.faults.add({ do: { kind: 'html' } });
    const answer = await list();
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('<html>') });
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('drip', async () => {
    const { carrier, list } = await bandwidth();
    carrier.add({});
    carrier.faults.add({ do: { kind: 'drip', bytesPerSecond: 5_000 } });
    const begun = performance.now();
    const answer = await list();
    const bytesPerSecond = Buffer.byteLength(answer.text) / ((performance.now() - begun) / 1000);
    expect(answer.data).toHaveLength(1);
    expect(bytesPerSecond).toBeLessThan(6_000);
  });

  it('never end', async () => {
    const { carrier } = await bandwidth();
    carrier.faults.add({ do: { kind: 'endless' } });
    const abort = new AbortController();
    const response = await fetch(carrier.baseUrl, { signal: abort.signal });
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += (chunk as Uint8Array).length;
      if (bytes > 5_000_000) break;
    }
    abort.abort();
    expect(bytes).toBeGreaterThan(5_000_000);
  });

  it('send elsewhere', async () => {
    const { carrier, list } = await bandwidth();
    carrier.faults.add({ do: { kind: 'redirect', location: 'http://127.0.0.1:1/steal' } });
    const answer = await list();
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('http://127.0.0.1:1/steal');
  });

  it('happen to the requests meant, as often as said, and first come first served', async () => {
    const { carrier, list, create } = await bandwidth();
    const fail = (status: number) => ({ kind: 'status', status }) as const;
    carrier.faults.add({ when: { method: 'POST', path: /\/calls$/ }, times: 1, do: fail(501) });
    carrier.faults.add({ when: (request) => request.query.pageSize === '7', times: 2, do: fail(502) });
    const remove = carrier.faults.add({ when: { path: /nowhere/ }, do: fail(503) });
    expect((await list()).status).toBe(200);
    expect([(await create()).status, (await create()).status]).toEqual([501, 201]);
    const sevens = [
      await list({ pageSize: '7' }),
      await list({ pageSize: '7' }),
      await list({ pageSize: '7' }),
    ];
    expect(sevens.map((answer) => answer.status)).toEqual([502, 502, 200]);
    remove();
    carrier.faults.add({ do: fail(504) });
    expect((await list()).status).toBe(504);
    carrier.faults.clear();
    expect((await list()).status).toBe(200);
  });
});

describe('the journal', () => {
  it('keeps every request as it came, spoilt ones too', async () => {
    const { carrier, send, account, clock } = await connect();
    carrier.faults.add({ times: 1, do: { kind: 'reset' } });
    await expect(send(`${account}/Calls.json?To=%2B1919&To=2&Page=0`)).rejects.toThrow();
    await send(`${account}/Calls.json`, { form: { From: 'a' } });
    expect(carrier.journal).toMatchObject([
      {
        method: 'GET',
        path: `/restcomm/2012-04-24${account}/Calls.json`,
        search: '?To=%2B1919&To=2&Page=0',
        query: { To: '+1919', Page: '0' },
        headers: { authorization: expect.stringMatching(/^Basic /) },
        body: '',
        at: clock.now(),
      },
      { method: 'POST', query: {}, body: 'From=a' },
    ]);
    carrier.journal.clear();
    expect(carrier.journal).toHaveLength(0);
  });
});

describe('closing', () => {
  it('ends open sockets and waiting answers at once, and may be repeated', async () => {
    const { carrier, list } = await bandwidth();
    carrier.faults.add({ times: 1, do: { kind: 'hang' } });
    carrier.faults.add({ times: 1, do: { kind: 'endless' } });
    carrier.latency = 60_000;
    const waiting = [list(), list(), list()].map((answer) =>
      answer.then(
        () => 'answered',
        () => 'cut off',
      ),
    );
    await expect.poll(() => carrier.journal.length).toBe(3);
    const begun = performance.now();
    await carrier.close();
    expect(performance.now() - begun).toBeLessThan(500);
    expect(await Promise.all(waiting)).toEqual(['cut off', 'cut off', 'cut off']);
    await expect(carrier.close()).resolves.toBeUndefined();
    await expect(list()).rejects.toThrow('fetch failed');
  });

  it('leaves nothing behind that keeps the process', async () => {
    const listening = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    const before = listening();
    const { carrier, list } = await bandwidth({ latency: 1 });
    await list();
    expect(listening()).toBe(before + 1);
    await carrier.close();
    await expect.poll(listening).toBe(before);
  });
});
