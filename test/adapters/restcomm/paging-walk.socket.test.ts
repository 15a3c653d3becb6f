import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionOf } from '../../../src/calls/order.ts';
import type { PageRequest } from '../../../src/calls/page.ts';
import { connect, operation, sbc } from './harness.ts';
import { expected, expectedPage, idsOf } from './paging-model.ts';

const BASE = Date.UTC(2026, 10, 19, 22);

/** Offsets in seconds: crowded, in clusters, or spread over days. */
const times = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60, size: 'max' }),
  fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 90, size: 'max' }),
  fc.array(fc.integer({ min: -400_000, max: 30_000 }), { maxLength: 90, size: 'max' }),
);

const record = fc.record({
  to: fc.constantFrom(
    'alice',
    'malice',
    '+19195551234',
    '9195551234',
    '+1 (919) 555-1234',
    'a_b',
    '50%',
    'sip:bob@host',
  ),
  from: fc.constantFrom('bob', '+12125550100', 'CALLS REST API'),
  status: fc.constantFrom(
    'completed',
    'COMPLETED',
    'busy',
    'BUSY',
    'not-found',
    'FAILED',
    'no-answer',
    'strange',
  ),
  direction: fc.constantFrom('inbound', 'outbound-api', 'Client-To-Client'),
  parent: fc.constantFrom(null, 'CA00000000000000000000000000000001', 'CA0000000000000000000000000000000_'),
  rings: fc.integer({ min: 0, max: 200_000 }),
});

const filter = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record(
    {
      to: fc.constantFrom('alice', '+19195551234', '+1-919-555-1234', 'a_b', '50%', 'sip:bob@host', '234'),
      from: fc.constantFrom('bob', '+12125550100'),
      statuses: fc.subarray(['COMPLETED', 'BUSY', 'FAILED', 'UNKNOWN', 'INITIATED', 'NO_ANSWER'] as const),
      direction: fc.constantFrom('INBOUND', 'OUTBOUND', 'UNKNOWN'),
      endReason: fc.constantFrom('HANGUP', 'BUSY', 'NOT_FOUND', 'REJECTED', 'UNKNOWN'),
      createdAfter: fc.integer({ min: -400, max: 300 }).map((n) => new Date(BASE + n * 1000).toISOString()),
      createdBefore: fc.integer({ min: 0, max: 1000 }).map((n) => new Date(BASE + n * 1000).toISOString()),
      parentId: fc.constantFrom('CA00000000000000000000000000000001', 'CA0000000000000000000000000000000_'),
    },
    { requiredKeys: [] },
  ),
);

const walk = fc.record({
  order: fc.constantFrom('NEWEST_FIRST', 'OLDEST_FIRST'),
  size: fc.integer({ min: 1, max: 25 }),
  budget: fc.constantFrom(1, 2, 3, 50),
  hints: fc.constantFrom('kept', 'kept', 'none', 'corrupted', 'other'),
  between: fc.array(fc.constantFrom('none', 'add', 'addMany', 'remove'), { minLength: 1, maxLength: 5 }),
  filter,
  format: fc.constantFrom('json', 'xml'),
  zone: fc.constantFrom(0, -360, 720),
  offsets: times,
  records: fc.array(record, { minLength: 90, maxLength: 90 }),
  junk: fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), { minLength: 3, maxLength: 3 }),
  turn: fc.boolean(),
});

const servers = {
  Connect: { sortBy: true, unstableTies: true },
  'Connect on MariaDB': { database: 'mariadb', unstableTies: true },
  'Connect without SortBy': { sortBy: false },
  SBC: 'sbc',
} as const;

test.each(Object.entries(servers))(
  '%s: every page of any walk is what the model says',
  async (_, server) => {
    await fc.assert(
      fc.asyncProperty(walk, async (given) => {
        const isSbc = server === 'sbc';
        const { carrier, adapter } = isSbc
          ? await sbc({ zoneOffsetMinutes: given.zone }, given.format as 'json')
          : await connect({ ...server, zoneOffsetMinutes: given.zone }, given.format as 'json');
        try {
          const add = (offset: number, index: number) => {
            const { parent, rings, ...rest } = given.records[index % 90] as (typeof given.records)[number];
            const created = BASE + offset * 1000;
            carrier.add({
              ...rest,
              date_created: created,
              start_time: created + rings,
              end_time: created + rings + 5_000,
              parent_call_sid: parent,
            });
          };
          given.offsets.forEach(add);
          let request: PageRequest = {
            order: given.order as 'NEWEST_FIRST',
            filter: given.filter as PageRequest['filter'],
            size: given.size,
            // Without a hint there is no telling what one request has found out before.
            budget: given.hints === 'kept' ? given.budget : 50,
          };
          let latest = Math.max(0, ...given.offsets);
          for (let step = 0; ; step += 1) {
            const page = await adapter.page(request, operation());
            const all = expected(carrier.calls, request, isSbc ? 'sbc' : 'connect');
            const want = expectedPage(page, all, request);
            expect({ ids: idsOf(page.calls.map(positionOf)), more: page.more }).toEqual(want);
            if (!page.more || step > 1000) {
              expect(step).toBeLessThan(1000);
              break;
            }
            const last = page.calls.at(-1);
            const after = page.stopped ?? (last && positionOf(last));
            const hint = {
              kept: page.hint,
              none: undefined,
              corrupted: `${page.hint?.replace(/[0-9a-z]$/, 'zz')}`,
              other: ['cn.a.0.1.1', 'so.zzz.5.-9.9', given.junk[0], 'cna.5.5.zzz.1', 'sn.3.0.100.0'][
                step % 5
              ],
            }[given.hints];
            request = { ...request, after, hint };
            if (given.turn && step === 2) {
              request = {
                ...request,
                order: request.order === 'NEWEST_FIRST' ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
              };
            }
            const change = step < 8 ? given.between[step % given.between.length] : 'none';
            for (let n = change === 'addMany' ? 30 : change === 'add' ? 1 : 0; n > 0; n--) {
              latest += n % 3;
              add(latest, step + n);
            }
            if (change === 'remove')
              carrier.remove(carrier.calls[step % Math.max(1, carrier.calls.length)]?.sid ?? '');
          }
        } finally {
          await adapter.close();
          await carrier.close();
        }
      }),
      {
        // Many more walks are read in memory, in kit/by-number/walk.property.test.ts.
        numRuns: 15,
        // Shrinking over sockets takes longer than looking.
        endOnFailure: true,
        interruptAfterTimeLimit: 100_000,
      },
    );
  },
  600_000,
);
