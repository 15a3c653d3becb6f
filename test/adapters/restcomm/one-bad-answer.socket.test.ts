import { describe, expect, onTestFinished, test } from 'vitest';
import type { PageRequest } from '../../../src/calls/page.ts';
import { eachPage, idsOn } from '../../../src/contract/walk-pages.ts';
import {
  type Answered,
  type Asked,
  type RowServer,
  type RowServerKind,
  startRowServer,
  toRestcommPage,
} from '../../support/row-server.ts';

const newest = Date.UTC(2026, 10, 21, 6, 20);

/** 3,000 rows, newest first, one a minute. */
const rows = Array.from({ length: 3_000 }, (_, n) => {
  const time = new Date(newest - n * 60_000);
  const text = time.toISOString();
  return { sid: `CA${n}`, status: 'completed', date_created: text, start_time: text, end_time: text };
});

/** As a server that sorts answers. */
function honest(kind: RowServerKind, asked: Asked): Answered {
  const sort = asked.query.get('SortBy');
  if (sort === 'DateCreated:neither') return { status: 400 };
  const isOldestFirst = kind === 'SBC' || sort === 'DateCreated:asc';
  return toRestcommPage(kind, asked, isOldestFirst ? rows.toReversed() : rows);
}

/** The same, but for the answer of that number. */
async function start(
  kind: RowServerKind,
  nth: number,
  spoil: (asked: Asked, answered: Answered) => Answered,
): Promise<RowServer> {
  const server = await startRowServer(kind, (asked) => {
    const answered = honest(kind, asked);
    return asked.nth === nth ? spoil(asked, answered) : answered;
  });
  onTestFinished(() => server.close());
  return server;
}

function swapped(answered: Answered): Answered {
  if (answered.body === undefined) return answered;
  const list = JSON.parse(answered.body);
  [list.calls[3], list.calls[9]] = [list.calls[9], list.calls[3]];
  return { body: JSON.stringify(list) };
}

/** The rows that each request asked for. */
const costs = ({ asked }: RowServer) => asked.map(({ query }) => Number(query.get('PageSize')));

async function walk({ adapter }: RowServer, order: PageRequest['order'], pages: number): Promise<string[]> {
  const ids: string[] = [];
  let count = 0;
  for await (const page of eachPage(adapter, { order, filter: {}, size: 20, budget: 20 })) {
    expect(page.stopped).toBeUndefined();
    ids.push(...idsOn([page]));
    count += 1;
    if (count === pages) break;
  }
  return ids;
}

const wanted = {
  NEWEST_FIRST: rows.map(({ sid }) => sid),
  OLDEST_FIRST: rows.map(({ sid }) => sid).reverse(),
};

describe.each(['CONNECT', 'SBC'] as const)(
  'one bad answer is read again, and nothing concluded from it: %s',
  (kind) => {
    const spoilt: Record<string, (asked: Asked, answered: Answered) => Answered> = {
      'two rows out of order': (_, answered) => swapped(answered),
      'a page in HTML': () => ({ body: '<html>welcome</html>' }),
      'half of it': (_, { body = '' }) => ({ body: body.slice(0, body.length / 2) }),
      'no rows at all': () => ({ body: '{}' }),
    };

    for (const order of ['NEWEST_FIRST', 'OLDEST_FIRST'] as const) {
      test.each(Object.entries(spoilt))(`${order}, %s`, async (_, spoil) => {
        for (const nth of [0, 1, 2, 5]) {
          const server = await start(kind, nth, spoil);
          expect(await walk(server, order, 8)).toEqual(wanted[order].slice(0, 160));
          expect(Math.max(...costs(server))).toBeLessThan(200);
          // One page in one request; two to learn how the server sorts or how long the list is, and the bad one.
          expect(server.asked.length).toBeLessThanOrEqual(8 + 2 + 1);
        }
      });
    }
  },
);

test('one answer that takes a direction that there is not does not show that a server ignores SortBy', async () => {
  const server = await start('CONNECT', 0, (asked) => toRestcommPage('CONNECT', asked, rows));
  expect(await walk(server, 'OLDEST_FIRST', 2)).toEqual(wanted.OLDEST_FIRST.slice(0, 40));
  expect(costs(server).slice(0, 2)).toEqual([1, 1]);
  expect(server.asked.every(({ query }) => query.get('SortBy')?.startsWith('DateCreated:'))).toBe(true);
});

test('a second bad answer shows it, and that is believed', async () => {
  const server = await startRowServer('CONNECT', (asked) => {
    const { SortBy: _, ...others } = Object.fromEntries(asked.query);
    const query = new URLSearchParams(others);
    return toRestcommPage('CONNECT', { ...asked, query }, rows.toReversed());
  });
  onTestFinished(() => server.close());
  expect(await walk(server, 'NEWEST_FIRST', 5)).toEqual(wanted.NEWEST_FIRST.slice(0, 100));
  expect(server.asked.filter(({ query }) => query.has('SortBy'))).toHaveLength(2);
});
