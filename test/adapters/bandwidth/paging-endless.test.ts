import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestStandstill } from '../../../src/adapters/kit/walk-state.ts';
import { runs } from '../../support/runs.ts';
import { type Asked, idsOf, type Server, StubList, type StubRow, within } from './list-stub.ts';

/** How many lists of each kind; `npm run test:long` tries more. */
const numRuns = runs(15);
const now = Date.parse('2026-11-20T12:00:00.000Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const orders = ['NEWEST_FIRST', 'OLDEST_FIRST'] as const;

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

function rowOf(createdTime: number, id: number | string): StubRow {
  const time = toTime(createdTime);
  const wire = { callId: `c-${id}`, state: 'answered', enqueuedTime: time, startTime: time };
  return { createdTime, wire, startTime: createdTime };
}

/** Calls of such ages in milliseconds, numbered as they come. */
const rowsOf = (ages: readonly number[]) => ages.map((age, index) => rowOf(now - age, index));

const ages = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 7 * day }), { maxLength: 60, size: 'max' }),
  fc.array(fc.integer({ min: 0, max: 20 * minute }), { maxLength: 60, size: 'max' }),
);

/** Page by page by offsets; what a page brings at most is up to the server. */
function offsetServer(rows: readonly StubRow[], most: (asked: Asked) => number): Server {
  return (asked) => {
    const all = within(rows, asked);
    const start = Number(asked.token ?? 0);
    const end = start + Math.min(asked.pageSize, most(asked));
    return { rows: all.slice(start, end), next: end < all.length ? String(end) : undefined };
  };
}

const request = fc.record({
  order: fc.constantFrom(...orders),
  filter: fc.constantFrom({}, { direction: 'UNKNOWN' as const }, { createdBefore: toTime(now - day) }),
  size: fc.constantFrom(1, 7, 100, 500),
});

const budget = fc.constantFrom(1, 2, 5, 20);

/**
 * Servers whose lists never end. `nth` makes tokens that were never there before.
 */
const endless: Readonly<Record<string, (rows: readonly StubRow[], length: number) => Server>> = {
  'an empty page with a new token':
    () =>
    ({ nth }) => ({ rows: [], next: `t${nth}` }),
  'an empty page with the same token': () => () => ({ rows: [], next: 'same' }),
  'the same page with the same token': (rows) => (asked) => ({
    rows: within(rows, asked).slice(0, asked.pageSize),
    next: 'same',
  }),
  'the same page with a new token': (rows) => (asked) => ({
    rows: within(rows, asked).slice(0, asked.pageSize),
    next: `t${asked.nth}`,
  }),
  'empty pages with tokens in a ring':
    (_, length) =>
    ({ token }) => ({
      rows: [],
      next: `r${(Number(token?.slice(1) ?? -1) + 1) % length}`,
    }),
  'pages with tokens in a ring': (rows, length) => (asked) => {
    const index = asked.token === undefined ? 0 : Number(asked.token.slice(1)) + 1;
    const all = within(rows, asked);
    const part = Math.ceil(all.length / length);
    const start = (index % length) * part;
    return { rows: all.slice(start, start + part).slice(0, asked.pageSize), next: `r${index % length}` };
  },
  'pages in a ring with new tokens': (rows, length) => (asked) => {
    const index = asked.token === undefined ? 0 : Number(asked.token.split('.')[1]) + 1;
    const all = within(rows, asked);
    const part = Math.ceil(all.length / length);
    const start = (index % length) * part;
    return { rows: all.slice(start, start + part).slice(0, asked.pageSize), next: `${asked.nth}.${index}` };
  },
  'all of it, and then empty pages with new tokens': (rows) => {
    const honest = offsetServer(rows, () => Number.POSITIVE_INFINITY);
    return (asked) =>
      asked.token?.startsWith('t') === true
        ? { rows: [], next: `t${asked.nth}` }
        : { ...honest(asked), next: honest(asked).next ?? `t${asked.nth}` };
  },
  'rows without a time for ever':
    () =>
    ({ nth, pageSize }) => ({
      rows: Array.from({ length: Math.min(pageSize, 3) }, (_, index) => ({ callId: `x-${nth}-${index}` })),
      next: `t${nth}`,
    }),
  'new calls of one moment for ever': () => (asked) => {
    const made = Array.from({ length: 3 }, (_, index) => rowOf(now - 2 * day, `${asked.nth}-${index}`));
    const rows = within(made, asked).slice(0, asked.pageSize);
    return { rows, next: rows.length === 0 ? undefined : `t${asked.nth}` };
  },
};

/** Whether there is nothing that such a list could be known by but that it goes on. */
const isHopeless = (name: string) => name.includes('empty page') && !name.startsWith('all of it');

describe.each(Object.entries(endless))('a list that never ends, %s', (name, create) => {
  it('ends in PROVIDER_MISBEHAVED, or is read in another way, after few requests and few empty pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        ages,
        fc.integer({ min: 1, max: 90 }),
        request,
        budget,
        async (of, length, asked, spend) => {
          const list = new StubList(create(rowsOf(of), length), now);
          const walked = await list.walk({ ...asked, budget: spend }, 400);
          if (walked.failed !== undefined || isHopeless(name)) {
            expect(walked.failed).toMatchObject({ code: 'PROVIDER_MISBEHAVED' });
          }
          const empty = walked.pages.filter(({ calls }) => calls.length === 0);
          // To get somewhere without finding a call takes some pages, too.
          expect(empty.length).toBeLessThanOrEqual(longestStandstill + 30 + 2 * of.length);
          // Whatever gets somewhere may cost a page all that it has.
          expect(list.requests).toBeLessThanOrEqual(3 * longestStandstill + spend * (30 + 2 * of.length));
        },
      ),
      { numRuns },
    );
  });
});

describe.each(orders)('a list that leads back to where it was is PROVIDER_MISBEHAVED, %s', (order) => {
  /** Against its order, the first rows of a list are read before. */
  const probes = order === 'NEWEST_FIRST' ? 1 : 0;
  const one = rowOf(now - 2 * minute, 1).wire;
  const two = rowOf(now - minute, 2).wire;

  /** Gives the answers in turn, and then from the first one on. */
  const turns =
    (...answers: { rows: unknown[]; next?: string }[]): Server =>
    ({ nth }) =>
      answers[nth % answers.length] ?? expect.unreachable();

  it.each([
    ['the token that led to it', [{ rows: [one], next: 'a' }], 3],
    [
      'A, B, A',
      [
        { rows: [one], next: 'a' },
        { rows: [two], next: 'b' },
      ],
      4,
    ],
    [
      'A, B, A on empty pages',
      [
        { rows: [], next: 'a' },
        { rows: [], next: 'b' },
      ],
      4,
    ],
    [
      'new tokens, the same call at the end',
      [
        { rows: [one, two], next: 'a' },
        { rows: [two], next: 'b' },
      ],
      3,
    ],
  ] as const)('%s: %o, after %i requests', async (_, answers, requests) => {
    const list = new StubList(turns(...(answers as unknown as { rows: unknown[]; next: string }[])), now);
    const { pages, failed } = await list.walk({ order, filter: {}, size: 50, budget: 20 }, 10);
    expect([pages.length, failed?.code, list.requests]).toEqual([
      0,
      'PROVIDER_MISBEHAVED',
      requests + probes,
    ]);
  });

  it('a ring of 17 tokens, after 19 requests', async () => {
    const list = new StubList(({ nth }) => ({ rows: [], next: `r${nth % 17}` }), now);
    const { pages, failed } = await list.walk({ order, filter: {}, size: 50, budget: 20 }, 10);
    expect([pages.length, failed?.code, list.requests]).toEqual([0, 'PROVIDER_MISBEHAVED', 19 + probes]);
  });

  it.each([1, 2, 20])(
    'and empty pages with ever new tokens, after 80 requests: %i a page',
    async (budget) => {
      const list = new StubList(({ nth }) => ({ rows: [], next: `t${nth}` }), now);
      const { pages, failed } = await list.walk({ order, filter: {}, size: 50, budget }, 80);
      expect(failed?.code).toBe('PROVIDER_MISBEHAVED');
      expect(list.requests).toBeLessThanOrEqual(longestStandstill + budget);
      expect(pages).toHaveLength(longestStandstill / budget);
    },
  );
});

describe('a list that ends', () => {
  /** How many requests a page may cost, how many rows one brings at least, and how many empty ones come before it. */
  const slow = fc.constantFrom(
    { budget: 20, least: 10, empty: 2 },
    { budget: 5, least: 60, empty: 2 },
    { budget: 2, least: 60, empty: 1 },
    { budget: 1, least: 60, empty: 0 },
  );

  it('is read to its end, every call once, however short its pages are and whatever empty ones stand between', async () => {
    const pauses = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(ages, request, pauses, slow, async (of, asked, empty, { budget, least, ...slow }) => {
        const rows = rowsOf(of);
        const short = offsetServer(rows, ({ nth }) => least + ((7 * nth) % 20));
        const pausing = pause(
          short,
          empty.map((count) => Math.min(count, slow.empty)),
        );
        const walked = await new StubList(pausing, now).walk({ ...asked, budget }, 2_000);
        expect(walked.failed).toBeUndefined();
        const { createdBefore } = asked.filter as { createdBefore?: string };
        const all = rows
          .filter(({ createdTime }) => createdBefore === undefined || toTime(createdTime) <= createdBefore)
          .map(({ wire }) => (wire as { callId: string }).callId);
        expect(idsOf(walked).toSorted()).toEqual(all.toSorted());
      }),
      { numRuns: 2 * numRuns },
    );
  });
});

/** Before each page so many empty ones, by turns, each with a token that leads on. */
function pause(server: Server, empty: readonly number[]): Server {
  return (asked) => {
    const [place = '', count = '0'] = asked.token?.split('.') ?? [];
    const pauses = empty[Number(place) % empty.length] ?? 0;
    if (Number(count) < pauses) return { rows: [], next: `${place}.${Number(count) + 1}` };
    return server({ ...asked, token: place === '' ? undefined : place });
  };
}
