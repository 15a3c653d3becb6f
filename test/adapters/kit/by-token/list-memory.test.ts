import { describe, expect, it } from 'vitest';
import { ListMemory } from '../../../../src/adapters/kit/by-token/list-memory.ts';
import { readPage } from '../../../../src/adapters/kit/by-token/read-page.ts';
import { readWalkState, writeWalkState } from '../../../../src/adapters/kit/walk-state.ts';
import { positionOf } from '../../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../../src/calls/page.ts';
import { someCall } from '../../../support/some-call.ts';
import { MemorySource } from './memory-source.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const minute = 60_000;

/** One call a minute for two hours, of which one in the middle has not started. */
const calls = Array.from({ length: 120 }, (_, index) => {
  const createdAt = new Date(now - (index + 1) * minute).toISOString();
  const startedAt = index === 60 ? null : createdAt;
  return { ...someCall({ providerCallId: `c-${index}`, startedAt }), createdAt };
});

const createSource = () =>
  new MemorySource(calls, { sorts: 'oldest-first', step: 1_000, rowLifetime: 10_000 });

type Read = (request: PageRequest) => Promise<Page>;

/** Walks to the end. After each page, `interfere` may send a request of another caller for the same one. */
async function walk(
  order: PageRequest['order'],
  memory?: ListMemory,
  interfere?: (request: PageRequest, read: Read) => Promise<Page>,
) {
  const source = createSource();
  const read: Read = (request) => readPage(request, source, now, memory);
  const told: string[] = [];
  let request: PageRequest = { order, filter: {}, size: 10, budget: 20 };
  for (let more = true; more; ) {
    const page = await read(request);
    told.push(...[...page.calls, ...(page.skipped ?? [])].map(({ providerCallId }) => providerCallId));
    await interfere?.(request, read);
    const last = page.calls.at(-1);
    request = { ...request, after: page.stopped ?? (last && positionOf(last)), hint: page.hint };
    more = page.more;
  }
  return { told: told.sort(), requests: source.requests };
}

const createMemory = () => new ListMemory(() => now);
const all = calls.map(({ providerCallId }) => providerCallId).sort();

describe.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)('a walk %s', (order) => {
  it('is continued by its own reader, which has read more than one page', async () => {
    const [kept, anew] = [await walk(order, createMemory()), await walk(order)];
    expect([kept.told, anew.told]).toEqual([all, all]);
    expect(kept.requests).toBeLessThan(anew.requests);
  });

  it('is not continued by the reader of a caller who claims that calls that have not started were shown', async () => {
    const { told } = await walk(order, createMemory(), (request, read) => {
      const { hint } = readWalkState(request.hint);
      const state = { still: 0, unstarted: null, seen: 9_999_999_999_999 };
      return read({ ...request, hint: writeWalkState(state, hint) });
    });
    expect(told).toEqual(all);
  });
});

it('a burst of calls that has been read to its end is not read again for the next page', async () => {
  const burst = calls.slice(0, 100).map((call, index) => {
    const createdAt = new Date(now - minute + index).toISOString();
    return { ...call, createdAt, startedAt: createdAt };
  });
  const source = new MemorySource(burst, { sorts: 'oldest-first', step: 1_000, rowLifetime: 10_000 });
  const memory = createMemory();
  const request = { order: 'OLDEST_FIRST', filter: {}, size: 10, budget: 20 } as const;
  const first = await readPage(request, source, now, memory);
  const { requests } = source;
  const last = first.calls.at(-1);
  const second = await readPage(
    { ...request, after: last && positionOf(last), hint: first.hint },
    source,
    now,
    memory,
  );
  expect([second.calls.length, source.requests]).toEqual([10, requests]);
});
