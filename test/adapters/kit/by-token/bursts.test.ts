import { expect, it } from 'vitest';
import { readPage } from '../../../../src/adapters/kit/by-token/read-page.ts';
import { positionOf } from '../../../../src/calls/order.ts';
import type { PageRequest } from '../../../../src/calls/page.ts';
import { someCall } from '../../../support/some-call.ts';
import { MemorySource } from './memory-source.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const day = 86_400_000;

/** Two bursts of 400 calls in three seconds, days apart. */
const calls = [3, 1].flatMap((age) =>
  Array.from({ length: 400 }, (_, index) => {
    const createdAt = new Date(now - age * day + 7 * index).toISOString();
    return { ...someCall({ providerCallId: `c-${age}-${index}`, startedAt: createdAt }), createdAt };
  }),
);

it('small pages of dense bursts are read in few requests, and an odd row in them is told once', async () => {
  const odd = { ...calls[3], providerCallId: '' } as (typeof calls)[number];
  const source = new MemorySource([...calls, odd], { sorts: 'oldest-first', step: 1_000 });
  let request: PageRequest = { order: 'OLDEST_FIRST', filter: {}, size: 10, budget: 20 };
  const told: string[] = [];
  let skipped = 0;
  for (let more = true; more; ) {
    const page = await readPage(request, source, now);
    told.push(...page.calls.map(({ providerCallId }) => providerCallId));
    if (request.after === undefined) skipped = page.skipped?.length ?? 0;
    const last = page.calls.at(-1);
    request = { ...request, after: page.stopped ?? (last && positionOf(last)), hint: page.hint };
    more = page.more;
  }
  expect(told).toEqual(calls.map(({ providerCallId }) => providerCallId));
  expect(skipped).toBe(1);
  // Three for each page.
  expect(source.requests).toBeLessThan(250);
});
