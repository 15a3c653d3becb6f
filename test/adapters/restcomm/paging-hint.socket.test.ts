import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionOf } from '../../../src/calls/order.ts';
import type { PageRequest } from '../../../src/calls/page.ts';
import { connect, operation, sbc } from './harness.ts';
import { expected, expectedPage, idsOf } from './paging-model.ts';

const NOW = Date.UTC(2026, 10, 20, 12);

const offset = fc.oneof(
  fc.integer({ min: -5, max: 80 }),
  fc.constantFrom(-100_000_000, 100_000_000, 9_999, 10_000),
);
const key = fc.tuple(fc.constantFrom(1, -1), fc.integer({ min: -2_000, max: 2_000 })).map(
  // Around the times of the calls, or anywhere else.
  ([sign, seconds]) => sign * (NOW - 700_000) + seconds * 1_000,
);
const mark = fc.tuple(offset, fc.oneof(key, fc.constantFrom(0, 1, -1)));

/** In the form of one, with any figures in it. */
const hint = fc
  .tuple(
    fc.constantFrom('cn', 'co', 'sn', 'so', 'cna', 'coa', 'sna', 'soa'),
    fc.constantFrom(0, 1, 30, 60, 61, 100, 100_000_000),
    fc.constantFrom(0, 1, 50, 10_000),
    fc.array(mark, { maxLength: 3 }),
  )
  .map(([head, total, extra, marks]) =>
    [head, ...[total, extra, ...marks.flat()].map((number) => number.toString(36))].join('.'),
  );

const asked = fc.record({
  hint,
  order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
  seconds: fc.integer({ min: -100, max: 2_000 }),
  size: fc.constantFrom(1, 5, 20),
});

test.each([
  ['Connect', connect, 'json'],
  ['Connect', connect, 'xml'],
  ['SBC', sbc, 'json'],
  ['SBC', sbc, 'xml'],
] as const)(
  'a made-up hint makes no page of %s wrong, and no request that there is not',
  async (...given) => {
    const [name, start, format] = given;
    const { carrier, adapter } = await start({}, format);
    for (let index = 0; index < 60; index++) {
      const created = NOW - 60_000 - index * 17_000;
      carrier.add({ date_created: created, start_time: created + 3_000, end_time: created + 4_000 });
    }
    await fc.assert(
      fc.asyncProperty(asked, async ({ hint, order, seconds, size }) => {
        carrier.journal.clear();
        const after = { createdAt: new Date(NOW - seconds * 1_000).toISOString(), providerCallId: '' };
        const request: PageRequest = { order, filter: {}, size, budget: 50, after, hint };
        const page = await adapter.page(request, operation());
        const all = expected(carrier.calls, request, name === 'SBC' ? 'sbc' : 'connect');
        expect({ ids: idsOf(page.calls.map(positionOf)), more: page.more }).toEqual(
          expectedPage(page, all, request),
        );
        // Whether Connect sorts is asked without a page.
        for (const { query } of carrier.journal) {
          expect(query.Page ?? '0').toMatch(/^\d{1,9}$/);
          expect(query.PageSize).toMatch(/^[1-9]\d{0,4}$/);
        }
      }),
      { numRuns: 100 },
    );
  },
);
