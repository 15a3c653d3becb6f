import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { toRowRange } from '../../../src/adapters/kit/by-number/row-range.ts';
import { toRow } from '../../../src/adapters/kit/placed-call.ts';
import { createConnect, sbc } from '../../../src/adapters/restcomm/dialect.ts';
import { toCall } from '../../../src/adapters/restcomm/to-call.ts';
import type { CallsAdapter } from '../../../src/calls/calls-adapter.ts';
import { skipReasons } from '../../../src/calls/lists/skip-reasons.ts';
import { positionOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest, SkippedRow } from '../../../src/calls/page.ts';
import { eachPage, idsOn, type WalkOptions, walkPages } from '../../../src/contract/walk-pages.ts';
import { type RowServerKind, startRowServer, toRestcommPage } from '../../support/row-server.ts';
import { someAccount, someOperation } from '../../support/some-call.ts';
import { connect, operation } from './harness.ts';

const base = Date.UTC(2026, 10, 21, 6, 20);

/** What a row may hold in place of a time that can be read. */
const noTimes = [undefined, null, '', 'yesterday', '2026-11-21', '2026-11-21T06:20:00', 1_700_000_000, {}];
/** What may stand there in place of a call, or of a call with an id. */
const noCalls = [null, 'CA1', 7, true, [], [{ sid: 'CA1' }]];
const noIds = [undefined, null, '', 7, {}, '.', '..', '../CA1', 'x'.repeat(513), '\ud800'];

describe('a row', () => {
  const dialects = [createConnect(`AC${'a'.repeat(32)}`), sbc];
  const read = (value: unknown) => {
    const calls = dialects.map((dialect) => toRow(value, (row) => toCall(row, someAccount(), dialect)));
    const range = { offset: 0, calls, isFirst: true, isLast: true, total: calls.length };
    return toRowRange(range, ({ createdAt }) => Date.parse(createdAt), 0).rows;
  };
  const good = { sid: 'CA1', date_created: 'Sat, 21 Nov 2026 06:20:00 +0000' };

  test.each(noTimes)('with %j for the time of creation has no place, and is told by its id', (time) => {
    for (const row of read({ ...good, date_created: time })) {
      expect(row).toMatchObject({ call: { providerCallId: 'CA1' }, reason: skipReasons.noTime });
    }
  });

  test.each(noCalls)('that is %j is told to be no call', (value) => {
    for (const row of read(value)) {
      expect(row).toMatchObject({ call: undefined, reason: skipReasons.unreadable });
    }
  });

  test.each(noIds)('with %j for its id is told to have none that can be used', (sid) => {
    for (const row of read({ ...good, sid })) {
      expect(row).toMatchObject({ call: { providerCallId: '' }, reason: skipReasons.noId });
    }
  });

  test('is a call, whatever else is wrong with it', () => {
    const wrong = {
      status: 7,
      to: null,
      from: {},
      duration: 'long',
      start_time: 'never',
      price: [],
      direction: [],
    };
    for (const row of read({ ...good, ...wrong })) {
      expect(row).toMatchObject({ call: { providerCallId: 'CA1' } });
      expect(row.reason).toBeUndefined();
    }
  });
});

interface WireRow {
  readonly sid?: unknown;
  readonly [member: string]: unknown;
}

/** A list that a server keeps in the order of this array, oldest first, whatever the rows say. */
interface Listed {
  readonly rows: unknown[];
  /** Ids of the calls in it, oldest first. */
  readonly calls: string[];
  readonly odd: string[];
}

type Kind = 'created' | 'started' | 'sbc';

const kinds: Record<Kind, RowServerKind> = { created: 'CONNECT', started: 'CONNECT', sbc: 'SBC' };

/** Gives the list in the order asked for; a Connect from before SortBy by start_time, whatever is asked. */
async function serve(
  kind: Kind,
  { rows }: Listed,
): Promise<CallsAdapter & { readonly requests: () => number }> {
  const server = await startRowServer(kinds[kind], (asked) => {
    const sort = asked.query.get('SortBy');
    if (kind === 'created' && sort === 'DateCreated:neither') return { status: 400 };
    const isOldestFirst = kind !== 'created' || sort === 'DateCreated:asc';
    return toRestcommPage(kinds[kind], asked, isOldestFirst ? rows : rows.toReversed());
  });
  onTestFinished(() => server.close().catch(() => undefined));
  return Object.assign(server.adapter, { requests: () => server.asked.length });
}

interface Walked {
  readonly ids: string[];
  readonly told: SkippedRow[];
}

async function walk(adapter: CallsAdapter, request: PageRequest, options?: WalkOptions): Promise<Walked> {
  const pages = await walkPages(adapter, request, options);
  return { ids: idsOn(pages), told: pages.flatMap(({ skipped = [] }) => skipped) };
}

/** Each row is a call, so many seconds after the one before it, or an odd one. */
const row = fc.record({
  gap: fc.constantFrom(0, 0, 1, 17, 300),
  odd: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom('time', 'call', 'id') },
  ),
  which: fc.nat(),
});

function toListed(plan: readonly { gap: number; odd: string | undefined; which: number }[]): Listed {
  const listed: Listed = { rows: [], calls: [], odd: [] };
  let time = base;
  plan.forEach((one, index) => {
    time += one.gap * 1_000;
    add(listed, time, `CA${String(index).padStart(5, '0')}`, one);
  });
  return listed;
}

function add(
  { rows, calls, odd: odds }: Listed,
  time: number,
  sid: string,
  { odd, which }: { odd: string | undefined; which: number },
): void {
  const created = new Date(time).toUTCString();
  const started = new Date(time).toISOString();
  const good: WireRow = {
    sid,
    status: 'completed',
    date_created: created,
    start_time: started,
    end_time: started,
  };
  if (odd === 'time') rows.push({ ...good, date_created: noTimes[which % noTimes.length] });
  else if (odd === 'call') rows.push(noCalls[which % noCalls.length]);
  else if (odd === 'id') rows.push({ ...good, sid: noIds[which % noIds.length] });
  else rows.push(good);
  if (odd === undefined) calls.push(sid);
  else odds.push(odd === 'time' ? sid : '');
}

const plans = fc.oneof(
  fc.array(row, { maxLength: 120, size: 'max' }),
  // Nothing but odd rows, and long runs of them between others.
  fc
    .array(row, { maxLength: 90, size: 'max' })
    .map((rows) => rows.map((one) => ({ ...one, odd: one.odd ?? 'time' }))),
  fc
    .array(row, { minLength: 100, maxLength: 200, size: 'max' })
    .map((rows) => rows.map((one, n) => ({ ...one, odd: n % 100 < 70 ? 'time' : undefined }))),
);

describe.each(['created', 'started', 'sbc'] as const)('a walk through odd rows, sorted as by %s', (kind) => {
  test('brings every call once and in order, and tells every other row', async () => {
    const given = fc.record({
      plan: plans,
      order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
      size: fc.integer({ min: 1, max: 30 }),
      budget: fc.constantFrom(20, 50),
      hasHints: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ plan, order, size, budget, hasHints }) => {
        const listed = toListed(plan);
        const adapter = await serve(kind, listed);
        const request: PageRequest = { order, filter: {}, size, budget };
        const { ids, told } = await walk(adapter, request, hasHints ? {} : { changeHint: () => undefined });
        expect(ids).toEqual(order === 'OLDEST_FIRST' ? listed.calls : listed.calls.toReversed());
        expect(new Set(told.map(({ providerCallId }) => providerCallId))).toEqual(new Set(listed.odd));
        const named = told.filter(({ providerCallId }) => providerCallId !== '');
        const without = told.length - named.length;
        expect(without).toBeGreaterThanOrEqual(listed.odd.filter((id) => id === '').length);
        // In a list that stands still, none is told twice.
        expect(new Set(named.map(({ providerCallId }) => providerCallId)).size).toBe(named.length);
        await adapter.close();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 120_000);

  test('does so while calls and odd rows come in', async () => {
    const given = fc.record({
      plan: plans,
      order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
      size: fc.integer({ min: 1, max: 30 }),
      arrivals: fc.array(fc.array(row, { maxLength: 3, size: 'max' }), { minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ plan, order, size, arrivals }) => {
        const listed = toListed(plan);
        const steady: Listed = { rows: [], calls: [...listed.calls], odd: [...listed.odd] };
        const adapter = await serve(kind, listed);
        let added = 0;
        const pages: Page[] = [];
        for await (const page of eachPage(adapter, { order, filter: {}, size, budget: 50 })) {
          pages.push(page);
          for (const one of arrivals[added % arrivals.length] ?? []) {
            if (added < 60)
              add(listed, base + 80_000_000 + added * 1_000, `CB${String(added).padStart(5, '0')}`, one);
            added += 1;
          }
        }
        const ids = idsOn(pages);
        const told = pages.flatMap(({ skipped = [] }) => skipped);
        const seen = ids.filter((id) => id.startsWith('CA'));
        expect(seen).toEqual(order === 'OLDEST_FIRST' ? steady.calls : steady.calls.toReversed());
        expect(new Set(ids).size).toBe(ids.length);
        const names = new Set(told.map(({ providerCallId }) => providerCallId));
        expect(steady.odd.filter((id) => !names.has(id))).toEqual([]);
        await adapter.close();
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 120_000);
});

describe('what is told of odd rows', () => {
  const listed = (): Listed => {
    const all: Listed = { rows: [], calls: [], odd: [] };
    for (let n = 0; n < 60; n += 1) {
      const odd = n % 10 === 5 ? 'time' : undefined;
      add(all, base + n * 60_000, `CA${String(n).padStart(5, '0')}`, { odd, which: 0 });
    }
    return all;
  };

  test('is told with the page on which they stand', async () => {
    const adapter = await serve('created', listed());
    const request: PageRequest = { order: 'NEWEST_FIRST', filter: {}, size: 10, budget: 20 };
    const page = await adapter.page(request, someOperation());
    expect(page.skipped).toEqual([{ providerCallId: 'CA00055', reason: skipReasons.noTime }]);
  });

  test('leaves out those that cannot match, and those beyond the times asked for', async () => {
    const all = listed();
    (all.rows[55] as { to: string }).to = '+19195550100';
    const adapter = await serve('created', all);
    const request: PageRequest = {
      order: 'NEWEST_FIRST',
      filter: { to: '+19195550100' },
      size: 10,
      budget: 20,
    };
    expect(await walk(adapter, request)).toMatchObject({ ids: [], told: [{ providerCallId: 'CA00055' }] });
    const filter = {
      createdAfter: new Date(base + 30 * 60_000).toISOString(),
      createdBefore: new Date(base + 49 * 60_000).toISOString(),
    };
    const { told } = await walk(adapter, { ...request, filter });
    expect(told.map(({ providerCallId }) => providerCallId)).toEqual(['CA00045', 'CA00035']);
  });

  test('costs no request more than a list without them', async () => {
    const adapter = await serve('created', listed());
    let request: PageRequest = { order: 'NEWEST_FIRST', filter: {}, size: 10, budget: 20 };
    for (let pages = 1; pages <= 4; pages += 1) {
      const page = await adapter.page(request, someOperation());
      expect(adapter.requests()).toBe(pages);
      request = { ...request, after: positionOf(page.calls.at(-1) as never), hint: page.hint };
    }
  });

  test('is told in XML as well', async () => {
    const { adapter, carrier } = await connect({}, 'xml');
    const uri = `/2012-04-24/Accounts/${carrier.accountSid}/Calls`;
    const date = '<DateCreated>Sat, 21 Nov 2026 06:20:00 GMT</DateCreated>';
    const rows = [
      `<Call><Sid>CA1</Sid>${date}</Call>`,
      `<Call>${date}</Call>`,
      '<Call><Sid>CA2</Sid></Call>',
      '<Error>nothing</Error>',
      `<Call><Sid>CA3</Sid>${date}</Call>`,
    ];
    const body = `<R><Calls page="0" pagesize="28" numpages="0" uri="${uri}">${rows.join('')}</Calls></R>`;
    carrier.faults.add({ do: { kind: 'status', status: 200, body } });
    const page = await adapter.page({ order: 'NEWEST_FIRST', filter: {}, size: 20, budget: 5 }, operation());
    expect(page.calls.map(({ providerCallId }) => providerCallId)).toEqual(['CA3', 'CA1']);
    expect(page.skipped).toEqual([
      { providerCallId: '', reason: skipReasons.noId },
      { providerCallId: 'CA2', reason: skipReasons.noTime },
      { providerCallId: '', reason: skipReasons.noId },
    ]);
  });
});

test.each(['CONNECT', 'SBC'] as const)('a call that is in an answer of %s twice comes once', async (kind) => {
  for (const order of ['NEWEST_FIRST', 'OLDEST_FIRST'] as const) {
    const rows = ['CA1', 'CA2', 'CA2', 'CA3', 'CA1'].map((sid, n) => {
      const text = new Date(base + n * 1_000).toISOString();
      return { sid, status: 'completed', date_created: text, start_time: text, end_time: text };
    });
    const isReversed = kind === 'CONNECT' && order === 'NEWEST_FIRST';
    const server = await startRowServer(kind, (asked) => {
      if (asked.query.get('SortBy') === 'DateCreated:neither') return { status: 400 };
      return toRestcommPage(kind, asked, isReversed ? rows.toReversed() : rows);
    });
    onTestFinished(() => server.close());
    const { calls } = await server.adapter.page({ order, filter: {}, size: 10, budget: 20 }, someOperation());
    const ids = calls.map(({ providerCallId }) => providerCallId);
    expect(ids.toSorted()).toEqual(['CA1', 'CA2', 'CA3']);
  }
});
