import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/calls/failure.ts';
import type { Connection, ListCursor } from '../../../src/calls/lists/connection.ts';
import { RecentCalls } from '../../../src/calls/lists/recent-calls.ts';
import { skipReasons } from '../../../src/calls/lists/skip-reasons.ts';
import { findPlaced } from '../../../src/calls/placing/find-placed.ts';
import { FieldRules } from '../../../src/cost/field-rules.ts';
import { schema } from '../../cost/asked.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { runs } from '../../support/runs.ts';
import { someAccount, someCall, someOperation } from '../../support/some-call.ts';
import { type Lists, lists, model, mostPages, nameOf, namesOf, read } from './lists.ts';

const moments = [null, '2026-11-21T06:20:00.000Z', '2026-11-21T06:20:00.001Z', '2027-01-01T00:00:00.000Z'];
const reason = skipReasons.noTime;
const size = fc.integer({ min: 1, max: 5 });
const way = fc.constantFrom('forward' as const, 'backward' as const);

/** Lists in which some accounts also have rows without a place. */
const withUnplaced = fc
  .tuple(
    lists({ stingy: true }),
    fc.array(fc.array(fc.constantFrom(...moments), { maxLength: 4 }), { minLength: 4, maxLength: 4 }),
  )
  .map(([of, nears]) => {
    of.adapters.forEach((adapter, i) => {
      adapter.unplaced = (nears[i] ?? []).map((near, j) => ({ providerCallId: `x-${j}`, reason, near }));
    });
    return of;
  });

const toldBy = ({ skipped }: Connection) => skipped.map((row) => `${row.account.key} ${row.providerCallId}`);

/** All pages of a walk; `onPage` is called before each of them. */
async function walk(
  of: Lists,
  length: number,
  direction: 'forward' | 'backward',
  onPage = (_: number) => {},
): Promise<Connection[]> {
  const pages: Connection[] = [];
  let place: ListCursor | null = null;
  for (let isDone = false; !isDone; ) {
    if (pages.length > mostPages) throw new Error('The walk does not end.');
    onPage(pages.length);
    const isForward = direction === 'forward';
    const window = isForward ? { first: length, after: place } : { last: length, before: place };
    const page: Connection = await read(of, window);
    pages.push(page);
    place = isForward ? page.end : page.start;
    isDone = !(await (isForward ? page.hasNextPage : page.hasPreviousPage)());
  }
  return pages;
}

function unplacedIn({ adapters }: Lists): string[] {
  return adapters.flatMap(({ account, unplaced }) =>
    unplaced.map(({ providerCallId }) => `${account.key} ${providerCallId}`),
  );
}

/** One account with as many rows without a place as said, among three calls of one moment. */
function crowded(rows: number, id = (i: number) => `x-${i}`): Lists & { alpha: ArrayAdapter } {
  const alpha = new ArrayAdapter(
    someAccount(),
    ['c-1', 'c-2', 'c-3'].map((providerCallId) => someCall({ providerCallId })),
  );
  const near = '2026-11-21T06:20:00.000Z';
  alpha.unplaced = Array.from({ length: rows }, (_, i) => ({ providerCallId: id(i), reason, near }));
  return { alpha, adapters: [alpha], order: 'NEWEST_FIRST', requestsPerList: 3, filter: {} };
}

describe('a row that cannot be placed in the order', () => {
  it('is told exactly once over a walk, and every call is given all the same', async () => {
    await fc.assert(
      fc.asyncProperty(withUnplaced, size, way, async (of, length, direction) => {
        const pages = await walk(of, length, direction);
        expect(pages.flatMap(toldBy).toSorted()).toEqual(unplacedIn(of).toSorted());
        expect(pages.flatMap(namesOf).toSorted()).toEqual(model(of).map(nameOf).toSorted());
      }),
      { numRuns: runs(100) },
    );
  });

  it('is told exactly once also when accounts fail in between', async () => {
    const away = new ProviderError('PROVIDER_UNAVAILABLE', 'Away.');
    const failures = fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(withUnplaced, size, way, failures, async (of, length, direction, schedule) => {
        const pages = await walk(of, length, direction, (page) => {
          of.adapters.forEach((adapter, i) => {
            adapter.failure = schedule[page]?.[i] ? away : undefined;
          });
        });
        expect(pages.flatMap(toldBy).toSorted()).toEqual(unplacedIn(of).toSorted());
      }),
      { numRuns: runs(100) },
    );
  });

  it('is told with its account, its id and the reason', async () => {
    const { skipped } = await read(crowded(1), {});
    expect(skipped).toEqual([{ account: someAccount(), providerCallId: 'x-0', reason }]);
  });

  it('is told where no call is, and where none is asked for', async () => {
    const of = crowded(1);
    expect(toldBy(await read(of, { first: 0 }))).toEqual(['alpha x-0']);
    of.alpha.calls = [];
    const page = await read(of, {});
    expect([toldBy(page), page.end, await page.hasNextPage()]).toEqual([['alpha x-0'], null, false]);
  });

  it('is told every time when it has no id, since it cannot be told from others', async () => {
    const of = crowded(2, () => '');
    const first = await read(of, { first: 1 });
    const second = await read(of, { first: 1, after: first.end });
    expect([first, second].map(toldBy)).toEqual([
      ['alpha ', 'alpha '],
      ['alpha ', 'alpha '],
    ]);
  });

  it('has no id when that is longer than any that can be asked for', async () => {
    const [row] = (
      await read(
        crowded(1, () => 'é'.repeat(257)),
        {},
      )
    ).skipped;
    expect(row?.providerCallId).toBe('');
  });

  it('is one of at most 20 that a page names of an account, and the others are counted', async () => {
    const of = crowded(50);
    const first = await read(of, { first: 1 });
    expect(first.skipped, 'no more than an operation is charged for').toHaveLength(
      new FieldRules(schema).of(schema.getType('CallConnection'), 'skipped')?.entries.perAccount ?? 0,
    );
    expect(first.skipped.at(-1)).toMatchObject({
      providerCallId: '',
      reason: '30 more calls of this account are left out of this page, for reasons such as these.',
    });
    const second = await read(of, { first: 1, after: first.end });
    expect(toldBy(second).slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => `alpha x-${i + 20}`));
  });

  it('takes no more than 100 marks in a cursor, however many there are', async () => {
    const of = crowded(3_000);
    let place: ListCursor | null = null;
    for (let page = 0; page < 8; page += 1) place = (await read(of, { first: 1, after: place })).end ?? place;
    expect(place?.reported?.length).toBeLessThanOrEqual(100);
  });

  it('takes nothing in the cursors of a list without such rows', async () => {
    expect((await read(crowded(0), { first: 1 })).end).not.toHaveProperty('reported');
  });

  it('is not told when this process has placed the call and so knows its place', async () => {
    const recent = new RecentCalls();
    recent.add(someCall({ providerCallId: 'x-0' }));
    const page = {
      calls: [],
      more: false,
      skipped: [0, 1].map((i) => ({ providerCallId: `x-${i}`, reason })),
    };
    const request = { order: 'NEWEST_FIRST', filter: {}, size: 9, budget: 1 } as const;
    const completed = await recent.complete(page, request, async () => null);
    expect(completed.calls.map(({ providerCallId }) => providerCallId)).toEqual(['x-0']);
    expect(completed.skipped).toEqual([{ providerCallId: 'x-1', reason }]);
  });

  it('may be the call that an unanswered attempt has placed, so that no other is taken for it', async () => {
    const newCall = { from: '+19195554321', to: '+19195551234' } as Parameters<typeof findPlaced>[1];
    const at = Date.parse('2026-11-21T06:20:00.000Z');
    const look = (of: ReturnType<typeof crowded>) =>
      findPlaced(of.alpha, newCall, { from: at, until: at }, someOperation());
    expect((await look(crowded(0))).isComplete).toBe(true);
    expect((await look(crowded(1))).isComplete).toBe(false);
  });
});
