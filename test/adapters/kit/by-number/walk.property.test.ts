import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPage } from '../../../../src/adapters/kit/by-number/read-page.ts';
import { isMatch } from '../../../../src/calls/filter.ts';
import { comparatorOf, positionOf } from '../../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../../src/calls/page.ts';
import { eachPage } from '../../../../src/contract/walk-pages.ts';
import { someCall } from '../../../support/some-call.ts';
import { expectedPage, idsOf } from '../../restcomm/paging-model.ts';
import { ArrayList, MemorySource } from './memory-source.ts';

const base = Date.UTC(2026, 10, 19, 22);
const later = 30 * 60_000;

/** Seconds: dense, in clusters, or spread over days. */
const offsets = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60, size: 'max' }),
  fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 90, size: 'max' }),
  fc.array(fc.integer({ min: -400_000, max: 30_000 }), { maxLength: 90, size: 'max' }),
);

const at = (offset: number) => new Date(base + offset * 1_000).toISOString();

const filter: fc.Arbitrary<PageRequest['filter']> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record(
    {
      direction: fc.constantFrom('INBOUND' as const, 'OUTBOUND' as const),
      createdAfter: fc.integer({ min: -400, max: 300 }).map(at),
      createdBefore: fc.integer({ min: 0, max: 1_000 }).map(at),
    },
    { requiredKeys: [] },
  ),
);

const plan = fc.record({
  order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
  size: fc.integer({ min: 1, max: 25 }),
  budget: fc.constantFrom(1, 2, 3, 50),
  hints: fc.constantFrom('kept', 'kept', 'none', 'damaged', 'other'),
  between: fc.array(fc.constantFrom('none', 'add', 'addMany', 'remove'), { minLength: 1, maxLength: 5 }),
  filter,
  offsets,
  rings: fc.array(fc.integer({ min: 0, max: later }), { minLength: 90, maxLength: 90 }),
  junk: fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
  turn: fc.boolean(),
});

it.each(['as-requested', 'oldest-first', 'unsorted'] as const)(
  'every page of any walk is what the model says, while rows come and go: %s',
  async (sorts) => {
    await fc.assert(
      fc.asyncProperty(plan, async (given) => {
        const list = new ArrayList(sorts, later);
        const source = new MemorySource(list);
        let added = 0;
        const add = (offset: number) => {
          const created = base + offset * 1_000;
          const started = created + (given.rings[added % 90] as number);
          list.calls.push(
            someCall({
              providerCallId: `C${String(added).padStart(5, '0')}`,
              createdAt: new Date(created).toISOString(),
              startedAt: new Date(started).toISOString(),
              direction: added % 3 === 0 ? 'INBOUND' : 'OUTBOUND',
            }),
          );
          added += 1;
        };
        given.offsets.forEach(add);
        let latest = Math.max(0, ...given.offsets);
        let pages = 0;
        const page = async (asked: PageRequest): Promise<Page> => {
          const isTurned = given.turn && pages > 2;
          const opposite = asked.order === 'NEWEST_FIRST' ? 'OLDEST_FIRST' : 'NEWEST_FIRST';
          const request = isTurned ? ({ ...asked, order: opposite } as const) : asked;
          const compare = comparatorOf(request.order);
          const { after } = request;
          const all = list.calls
            .filter((call) => isMatch(call, request.filter))
            .map(positionOf)
            .filter((position) => after === undefined || compare(position, after) > 0)
            .sort(compare);
          const found = await readPage(source.of(request), request);
          expect({ ids: idsOf(found.calls.map(positionOf)), more: found.more }).toEqual(
            expectedPage(found, all, request),
          );
          pages += 1;
          return found;
        };
        const request: PageRequest = {
          order: given.order,
          filter: given.filter,
          size: given.size,
          // Without a hint there is no telling what one request has found out before.
          budget: given.hints === 'kept' ? given.budget : 50,
        };
        const changeHint = (hint: string | undefined, step: number) =>
          ({
            kept: hint,
            none: undefined,
            damaged: hint?.replace(/[0-9a-z]$/, 'zz'),
            other: ['cn.a.0.1.1', 'so.zzz.5.-9.9', given.junk, 'cna.5.5.zzz.1', 'sn.3.0.100.0'][step % 5],
          })[given.hints];
        let step = 0;
        for await (const _ of eachPage({ page }, request, { changeHint })) {
          const change = step < 8 ? given.between[step % given.between.length] : 'none';
          for (let n = change === 'addMany' ? 30 : change === 'add' ? 1 : 0; n > 0; n -= 1) {
            latest += n % 3;
            add(latest);
          }
          if (change === 'remove') list.calls.splice(step % Math.max(1, list.calls.length), 1);
          step += 1;
        }
      }),
      { numRuns: 100 },
    );
  },
);
