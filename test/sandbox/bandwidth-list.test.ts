import { describe, expect, it } from 'vitest';
import type { BandwidthCarrier } from '../../src/sandbox/index.ts';
import { ask, bandwidth, basic, rows } from './emulated.ts';

const minute = (number: number) => new Date(Date.UTC(2026, 10, 20, 10, number)).toISOString();
const ids = (answer: { data: unknown }) => (answer.data as { callId: string }[]).map((call) => call.callId);

/** Follows the links until there is none. */
async function walk(carrier: BandwidthCarrier, first: string) {
  const pages: string[][] = [];
  let url: string | undefined = first;
  while (url !== undefined) {
    const answer = await ask(url, { headers: { authorization: basic(carrier.username, carrier.password) } });
    pages.push(ids(answer));
    url = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return pages;
}

describe('Bandwidth listCalls', () => {
  it('is a bare array, oldest first by creation, without Link when all fits', async () => {
    const { carrier, list } = await bandwidth();
    carrier.add({ callId: 'c-2', enqueuedTime: minute(2) });
    carrier.add({ callId: 'c-1', enqueuedTime: minute(1) });
    carrier.add({ callId: 'c-3', direction: 'inbound', startTime: minute(3) });
    carrier.add({ callId: 'c-2b', enqueuedTime: minute(2) });
    const answer = await list();
    expect(ids(answer)).toEqual(['c-1', 'c-2', 'c-2b', 'c-3']);
    expect(answer.headers.get('link')).toBeNull();
    expect(rows(answer)[3]).not.toHaveProperty('enqueuedTime');
  });

  it('filters by to and from exactly, the plus sign being %2B', async () => {
    const { carrier, list, send, calls } = await bandwidth();
    carrier.add({ callId: 'c-a', to: '+19195550001', from: '+19195550002' });
    carrier.add({ callId: 'c-b', to: '+19195550002', from: '+19195550001' });
    expect(ids(await list({ to: '+19195550001' }))).toEqual(['c-a']);
    expect(ids(await list({ from: '+19195550001' }))).toEqual(['c-b']);
    expect(ids(await list({ to: '9195550001' }))).toEqual([]);
    expect(ids(await send(`${calls}?to=+19195550001`))).toEqual([]);
    expect(ids(await send(`${calls}?to=%252b19195550001`))).toEqual([]);
    expect(ids(await list({ to: '' }))).toEqual(['c-a', 'c-b']);
  });

  it('filters by disconnectCause, and answers [] where nothing matches', async () => {
    const { carrier, list } = await bandwidth();
    carrier.add({ callId: 'c-a', disconnectCause: 'busy' });
    carrier.add({ callId: 'c-b' });
    expect(ids(await list({ disconnectCause: 'busy' }))).toEqual(['c-a']);
    expect(await list({ disconnectCause: 'never-heard-of' })).toMatchObject({ status: 200, data: [] });
  });

  it('takes both bounds on startTime inclusively, and calls without one drop out', async () => {
    const { carrier, list } = await bandwidth();
    for (const number of [1, 2, 3])
      carrier.add({ callId: `c-${number}`, enqueuedTime: minute(number), startTime: minute(number) });
    carrier.add({ callId: 'c-queued', state: 'queued' });
    expect(ids(await list({ minStartTime: minute(2) }))).toEqual(['c-2', 'c-3']);
    expect(ids(await list({ maxStartTime: minute(2) }))).toEqual(['c-1', 'c-2']);
    expect(ids(await list({ minStartTime: minute(2), maxStartTime: minute(2) }))).toEqual(['c-2']);
    expect(ids(await list({ minStartTime: '2026-11-20T10:02:00Z' }))).toEqual(['c-2', 'c-3']);
  });

  it('ignores the bounds where it is told not to honour them, and parameters it does not know', async () => {
    const { carrier, list } = await bandwidth({ honoursWindow: false });
    carrier.add({ callId: 'c-1', enqueuedTime: minute(1) });
    expect(ids(await list({ minStartTime: minute(5), state: 'answered', sort: 'x' }))).toEqual(['c-1']);
  });

  it.each([
    [{ pageSize: '0' }, 'pageSize must be within the range [1, 10000], but was 0'],
    [{ pageSize: '10001' }, 'pageSize must be within the range [1, 10000], but was 10001'],
    [{ pageSize: 'ten' }, 'Bad Request'],
    [{ minStartTime: 'yesterday' }, 'Bad Request'],
    [{ pageToken: 'made-up' }, 'Bad Request'],
  ])('answers %o with 400', async (query, description) => {
    const { list } = await bandwidth();
    expect(await list(query)).toMatchObject({
      status: 400,
      data: { type: 'validation', description, id: null },
    });
  });
});

describe('Bandwidth paging', () => {
  it('links to the next page absolutely, on its own origin, with the filters and an opaque token', async () => {
    const { carrier, list } = await bandwidth();
    for (let number = 0; number < 3; number++) carrier.add({ to: '+19195550001' });
    const query = { to: '+19195550001', minStartTime: minute(1), disconnectCause: 'hangup', pageSize: '2' };
    const link = /^<([^>]+)>; rel="next"$/.exec((await list(query)).headers.get('link') ?? '')?.[1] ?? '';
    const url = new URL(link);
    expect(`${url.origin}/api/v2`).toBe(carrier.baseUrl);
    expect(url.pathname).toBe('/api/v2/accounts/9900000/calls');
    expect(Object.fromEntries(url.searchParams)).toEqual({ ...query, pageToken: expect.any(String) });
  });

  it.each([
    [5, 2, [2, 2, 1]],
    [4, 2, [2, 2]],
    [1, 1, [1]],
    [0, 1, [0]],
  ])('walks %i calls in pages of %i', async (calls, size, lengths) => {
    const { carrier } = await bandwidth();
    for (let number = 0; number < calls; number++) carrier.add({ enqueuedTime: minute(0) });
    const pages = await walk(carrier, `${carrier.baseUrl}/accounts/9900000/calls?pageSize=${size}`);
    expect(pages.map((page) => page.length)).toEqual(lengths);
    expect(new Set(pages.flat()).size).toBe(calls);
  });

  it('does not shift when calls come and go between pages', async () => {
    const { carrier, list } = await bandwidth();
    for (let number = 0; number < 4; number++)
      carrier.add({ callId: `c-${number}`, enqueuedTime: minute(number) });
    const answer = await list({ pageSize: '2' });
    carrier.add({ callId: 'c-early', enqueuedTime: minute(-5) });
    carrier.remove('c-1');
    const next = /<([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
    expect(await walk(carrier, next)).toEqual([['c-2', 'c-3']]);
  });

  it('sends a thousand calls a page unless asked otherwise', async () => {
    const { carrier, list } = await bandwidth();
    for (let number = 0; number < 1001; number++) carrier.add({});
    expect(rows(await list())).toHaveLength(1000);
    expect(rows(await list({ pageSize: '10000' }))).toHaveLength(1001);
  });
});
