import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/calls/lists/connection.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { someAccount, someCall } from '../../support/some-call.ts';
import { cursorOf, type Lists, read } from './lists.ts';

/** Three calls an account, an hour apart; all accounts share the hours. */
function listOf(...keys: string[]): Lists {
  const adapters = keys.map((key) => {
    const account = someAccount({ key });
    const calls = [1, 2, 3].map((hour) => {
      const createdAt = `2026-11-21T0${hour}:00:00.000Z`;
      return someCall({ account, createdAt, providerCallId: `${key}-${hour}` });
    });
    return new ArrayAdapter(account, calls);
  });
  return { adapters, order: 'NEWEST_FIRST', requestsPerList: 7, filter: {} };
}

const idsOf = ({ calls }: Connection) => calls.map(({ providerCallId }) => providerCallId);
const pagesOf = ({ adapters }: Lists) => adapters.map((adapter) => adapter.askedFor('page'));

describe('a list', () => {
  it('is merged by moment, then account, then id', async () => {
    expect(idsOf(await read(listOf('alpha', 'beta'), { first: 3 }))).toEqual(['beta-3', 'alpha-3', 'beta-2']);
    const oldestFirst: Lists = { ...listOf('alpha', 'beta'), order: 'OLDEST_FIRST' };
    expect(idsOf(await read(oldestFirst, { first: 3 }))).toEqual(['alpha-1', 'beta-1', 'alpha-2']);
    expect(idsOf(await read(oldestFirst, { last: 3 }))).toEqual(['beta-2', 'alpha-3', 'beta-3']);
  });

  it('asks each account once, for the size, order, filter and budget of the list', async () => {
    const of: Lists = { ...listOf('alpha', 'beta'), filter: { direction: 'OUTBOUND' } };
    await read(of, { first: 3 });
    const asked = { order: 'NEWEST_FIRST', filter: { direction: 'OUTBOUND' }, size: 3, budget: 7 };
    expect(pagesOf(of)).toEqual([[[asked]], [[asked]]]);
  });

  it('reads its accounts at the same time', async () => {
    const of = listOf('alpha', 'beta', 'gamma');
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    for (const adapter of of.adapters) adapter.gate = gate;
    const reading = read(of, { first: 3 });
    expect(pagesOf(of).map(({ length }) => length)).toEqual([1, 1, 1]);
    open();
    expect((await reading).calls).toHaveLength(3);
  });

  it('costs nothing but the page unless more is asked for', async () => {
    const of = listOf('alpha', 'beta');
    const page = await read(of, { first: 2 });
    expect([await page.hasNextPage(), await page.hasPreviousPage()]).toEqual([true, false]);
    expect(of.adapters.map(({ asked }) => asked.length)).toEqual([1, 1]);
    await page.count();
    expect(of.adapters.map((adapter) => adapter.askedFor('count'))).toEqual([[[{}]], [[{}]]]);
  });

  it('costs one request an account to tell what precedes a page', async () => {
    const of = listOf('alpha', 'beta');
    const { end } = await read(of, { first: 2 });
    const page = await read(of, { first: 2, after: end });
    expect(of.adapters.map(({ asked }) => asked.length)).toEqual([2, 2]);
    expect(await page.hasPreviousPage()).toBe(true);
    const asked = { order: 'NEWEST_FIRST', filter: {}, size: 1, budget: 7 };
    expect(pagesOf(of).map(([, , third]) => third)).toEqual([[asked], [asked]]);
  });

  it('hands every account its own hint and position', async () => {
    const of = listOf('alpha', 'beta');
    const { end } = await read(of, { first: 2 });
    await read(of, { first: 2, after: end });
    const createdAt = '2026-11-21T03:00:00.000Z';
    expect(pagesOf(of).map(([, second]) => second)).toEqual([
      [expect.objectContaining({ after: { createdAt, providerCallId: 'alpha-3' }, hint: 'alpha/1' })],
      [expect.objectContaining({ after: { createdAt, providerCallId: '' }, hint: 'beta/1' })],
    ]);
  });

  it('of no account is empty', async () => {
    const page = await read(listOf(), { first: 2 });
    expect([page.calls, page.start, page.end, page.unavailable]).toEqual([[], null, null, []]);
    expect([await page.hasNextPage(), await page.hasPreviousPage(), await page.count()]).toEqual([
      false,
      false,
      0,
    ]);
  });
});

describe('a page of none', () => {
  it.each([{ first: 0 }, { last: 0 }])('tells only whether there is any: %o', async (window) => {
    const of = listOf('alpha', 'beta');
    const page = await read(of, window);
    expect([page.calls, page.start, page.end]).toEqual([[], null, null]);
    const more = 'first' in window ? page.hasNextPage : page.hasPreviousPage;
    expect(await more()).toBe(true);
    for (const adapter of of.adapters) adapter.calls = [];
    const empty = await read(of, window);
    expect([await empty.hasNextPage(), await empty.hasPreviousPage()]).toEqual([false, false]);
  });

  it('knows what stands around its place', async () => {
    const of = listOf('alpha');
    const [oldest] = of.adapters[0]?.calls ?? [];
    const after = oldest && cursorOf(oldest);
    const page = await read(of, { first: 0, after });
    expect([await page.hasNextPage(), await page.hasPreviousPage()]).toEqual([false, true]);
  });
});

describe('a page that stops early', () => {
  it('ends at the point up to which all accounts were searched', async () => {
    const of = { ...listOf('alpha', 'beta'), requestsPerList: 1 };
    const [alpha] = of.adapters;
    Object.assign(alpha ?? {}, { perRequest: 2 });
    const one = await read(of, { first: 6 });
    expect(idsOf(one)).toEqual(['beta-3', 'alpha-3', 'beta-2', 'alpha-2']);
    expect(one.end?.position).toEqual({
      accountKey: 'alpha',
      createdAt: '2026-11-21T02:00:00.000Z',
      providerCallId: 'alpha-2',
    });
    expect(await one.hasNextPage()).toBe(true);
    const two = await read(of, { first: 6, after: one.end });
    expect(idsOf(two)).toEqual(['beta-1', 'alpha-1']);
    expect(await two.hasNextPage()).toBe(false);
  });

  it('may be empty, and still gives a place to go on from', async () => {
    const of: Lists = { ...listOf('alpha'), requestsPerList: 1, filter: { to: '+1' } };
    Object.assign(of.adapters[0] ?? {}, { perRequest: 2 });
    const one = await read(of, { first: 6 });
    expect([one.calls, one.start, await one.hasNextPage()]).toEqual([[], null, true]);
    expect(one.end?.position.providerCallId).toBe('alpha-2');
    const two = await read(of, { first: 6, after: one.end });
    expect([two.calls, await two.hasNextPage()]).toEqual([[], false]);
    const backward = await read(of, { last: 6 });
    expect([backward.calls, backward.end, await backward.hasPreviousPage()]).toEqual([[], null, true]);
    expect(backward.start?.position.providerCallId).toBe('alpha-2');
  });

  it('may have something before it where the search for that stops, too', async () => {
    const of: Lists = { ...listOf('alpha'), requestsPerList: 1, filter: { to: '+1' } };
    Object.assign(of.adapters[0] ?? {}, { perRequest: 2 });
    const { end } = await read(of, { first: 6 });
    const page = await read(of, { first: 6, after: end });
    expect(await page.hasPreviousPage()).toBe(true);
  });

  it('ends all the same where the other cursor comes first', async () => {
    const of: Lists = { ...listOf('alpha'), requestsPerList: 1, filter: { to: '+1' } };
    const alpha = of.adapters[0] as ArrayAdapter;
    alpha.perRequest = 2;
    alpha.calls = alpha.calls.map((call) =>
      call.providerCallId === 'alpha-3' ? { ...call, to: '+1' } : call,
    );
    const before = {
      position: { createdAt: '2026-11-21T02:30:00.000Z', accountKey: 'alpha', providerCallId: '' },
    };
    const page = await read(of, { first: 6, before });
    expect([idsOf(page), page.end?.position.providerCallId]).toEqual([['alpha-3'], 'alpha-3']);
    alpha.perRequest = 9;
    expect(await page.hasNextPage()).toBe(false);
  });
});

describe('the total', () => {
  it('is the sum of what matches in every account', async () => {
    const of = listOf('alpha', 'beta');
    expect(await (await read(of, { first: 1 })).count()).toBe(6);
    expect(await (await read({ ...of, filter: { to: '+1' } }, { first: 1 })).count()).toBe(0);
  });

  it('is null, without asking, when one account cannot count', async () => {
    const of = listOf('alpha');
    const beta = new ArrayAdapter(someAccount({ key: 'beta', capabilities: ['CREATE_CALL'] }));
    const page = await read({ ...of, adapters: [...of.adapters, beta] }, { first: 1 });
    expect(await page.count()).toBeNull();
    expect(of.adapters[0]?.askedFor('count')).toEqual([]);
  });

  it('is null when one account cannot tell for this filter', async () => {
    const of = listOf('alpha', 'beta', 'gamma');
    const page = await read(of, { first: 1 });
    Object.assign(of.adapters[1] ?? {}, { count: async () => null });
    expect(await page.count()).toBeNull();
  });
});
