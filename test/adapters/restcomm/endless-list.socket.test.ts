import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallsAdapter } from '../../../src/calls/calls-adapter.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import type { PageRequest } from '../../../src/calls/page.ts';
import { eachPage, idsOn } from '../../../src/contract/walk-pages.ts';
import { type Answered, type Asked, startRowServer, toRestcommPage } from '../../support/row-server.ts';

const base = Date.UTC(2026, 10, 21, 6, 20);

/** What a server makes of the page asked for, of a list in order; its metadata says that nothing is amiss. */
type Pages = (rows: readonly unknown[], page: number, size: number) => readonly unknown[];

const rowsOf: Pages = (rows, page, size) => rows.slice(page * size, (page + 1) * size);

const servers: Record<string, Pages> = {
  'that ignores Page': (rows, _, size) => rowsOf(rows, 0, size),
  'that gives the last page for those beyond it': (rows, page, size) =>
    rowsOf(rows, Math.min(page, Math.floor(Math.max(0, rows.length - 1) / size)), size),
  'that gives nothing beyond the first page': (rows, page, size) => (page === 0 ? rowsOf(rows, 0, size) : []),
  'that gives no rows at all': () => [],
  'that gives no more than ten rows': (rows, page, size) => rowsOf(rows, page, size).slice(0, 10),
  'that gives no more than ten rows a page, and counts its pages so': (rows, page, size) =>
    rowsOf(rows, page, Math.min(10, size)),
};

const kinds = {
  Connect: 'CONNECT',
  'Connect without SortBy': 'CONNECT',
  SBC: 'SBC',
} as const;

function answer(kind: keyof typeof kinds, pages: Pages, rows: readonly unknown[], asked: Asked): Answered {
  const sort = asked.query.get('SortBy');
  if (kind === 'Connect' && sort === 'DateCreated:neither') return { status: 400 };
  const isOldestFirst = kind !== 'Connect' || sort === 'DateCreated:asc';
  const page = Number(asked.query.get('Page') ?? 0);
  const size = Number(asked.query.get('PageSize') ?? 50);
  const beginning = { ...asked, query: new URLSearchParams({ Page: '0', PageSize: String(size) }) };
  const { body = '' } = toRestcommPage(kinds[kind], beginning, rows);
  const calls = pages(isOldestFirst ? rows : rows.toReversed(), page, size);
  return { body: JSON.stringify({ ...JSON.parse(body), page, calls }) };
}

/** What a walk brought until it ended, or failed. */
async function walk(adapter: CallsAdapter, request: PageRequest) {
  const ids: string[] = [];
  try {
    for await (const page of eachPage(adapter, request, { mostPages: 300 })) ids.push(...idsOn([page]));
  } catch (failure) {
    return { ids, failure: failure as ProviderError };
  }
  return { ids };
}

/** Whether a page of ten rows is as long as the last page of the size that was asked for would be. */
function fitsByChance(query: URLSearchParams, total: number, pages: Pages): boolean {
  if (pages !== servers['that gives no more than ten rows a page, and counts its pages so']) return false;
  return (
    Number(query.get('PageSize')) > 10 &&
    Number(query.get('Page')) * Number(query.get('PageSize')) + 10 === total
  );
}

const given = fc.record({
  gaps: fc.array(fc.constantFrom(0, 1, 17, 300), { maxLength: 80, size: 'max' }),
  order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
  size: fc.integer({ min: 4, max: 30 }),
  budget: fc.constantFrom(1, 2, 3, 20),
});

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('a list of %s', (kind) => {
  test.each(Object.entries(servers))(
    '%s is read to its end, or is PROVIDER_MISBEHAVED',
    async (_, pages) => {
      await fc.assert(
        fc.asyncProperty(given, async ({ gaps, order, size, budget }) => {
          let time = base;
          const rows = gaps.map((gap, n) => {
            time += gap * 1_000;
            const text = new Date(time).toISOString();
            const sid = `CA${String(n).padStart(4, '0')}`;
            return { sid, status: 'completed', date_created: text, start_time: text, end_time: text };
          });
          const server = await startRowServer(kinds[kind], (asked) => answer(kind, pages, rows, asked));
          const walked = await walk(server.adapter, { order, filter: {}, size, budget });
          await server.close();
          // Where the wrong page happens to fit the numbers in it, nobody can tell.
          fc.pre(!server.asked.some(({ query }) => fitsByChance(query, rows.length, pages)));
          const ids = rows.map(({ sid }) => sid);
          const wanted = order === 'OLDEST_FIRST' ? ids : ids.reverse();
          if (walked.failure === undefined) expect(walked.ids).toEqual(wanted);
          else {
            expect(walked.failure).toBeInstanceOf(ProviderError);
            expect(walked.failure.code).toBe('PROVIDER_MISBEHAVED');
            expect(walked.ids).toEqual(wanted.slice(0, walked.ids.length));
          }
        }),
        { numRuns: 15, endOnFailure: true },
      );
    },
    300_000,
  );
});

test('a server that ignores Page is found out in few requests', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => {
    const text = new Date(base + n * 60_000).toISOString();
    return { sid: `CA${n}`, status: 'completed', date_created: text, start_time: text, end_time: text };
  });
  const ignoring = servers['that ignores Page'] as Pages;
  for (const kind of ['Connect', 'SBC'] as const) {
    const server = await startRowServer(kinds[kind], (asked) => answer(kind, ignoring, rows, asked));
    const walked = await walk(server.adapter, { order: 'NEWEST_FIRST', filter: {}, size: 20, budget: 20 });
    expect(walked?.failure).toMatchObject({ code: 'PROVIDER_MISBEHAVED' });
    expect(server.asked.length).toBeLessThan(40);
    await server.close();
  }
});
