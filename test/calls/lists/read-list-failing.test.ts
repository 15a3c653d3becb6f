import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/calls/failure.ts';
import type { Connection, ListCursor } from '../../../src/calls/lists/connection.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { runs } from '../../support/runs.ts';
import { someAccount, someCall } from '../../support/some-call.ts';
import { type Lists, lists, model, mostPages, nameOf, namesOf, read } from './lists.ts';

const away = new ProviderError('PROVIDER_UNAVAILABLE', 'Alpha cannot be reached.');
const invalid = new ProviderError('INVALID_INPUT', 'No such number.', { field: ['filter', 'to'] });

/** One call an hour in each account, newest first; `alpha` cannot be read. */
function withAlphaAway(...keys: string[]): Lists & { alpha: ArrayAdapter } {
  const alpha = create('alpha');
  alpha.failure = away;
  const adapters = [alpha, ...keys.map(create)];
  return { alpha, adapters, order: 'NEWEST_FIRST', requestsPerList: 3, filter: {} };
}

function create(key: string): ArrayAdapter {
  const account = someAccount({ key });
  return new ArrayAdapter(
    account,
    [1, 2, 3].map((hour) => {
      const createdAt = `2026-11-21T0${hour}:00:00.000Z`;
      return someCall({ account, createdAt, providerCallId: `${key}-${hour}` });
    }),
  );
}

const idsOf = ({ calls }: Connection) => calls.map(({ providerCallId }) => providerCallId);
const accountsOf = ({ unavailable }: Connection) => unavailable.map(({ account }) => account.key);

describe('an account that fails', () => {
  it('stands in unavailable while the others are served', async () => {
    const page = await read(withAlphaAway('beta', 'gamma'), { first: 3 });
    expect(idsOf(page)).toEqual(['gamma-3', 'beta-3', 'gamma-2']);
    expect(page.unavailable).toEqual([{ account: someAccount(), failure: away }]);
  });

  it.each([[[]], [['beta']]])(
    'leaves an empty page that does not end the list, with all of %j',
    async (others) => {
      const of = withAlphaAway(...others);
      for (const adapter of of.adapters) adapter.failure = away;
      const page = await read(of, { first: 3 });
      expect([idsOf(page), accountsOf(page)]).toEqual([[], ['alpha', ...others]]);
      expect([page.start, await page.hasNextPage(), await page.hasPreviousPage()]).toEqual([
        null,
        true,
        false,
      ]);
      const still = await read(of, { first: 3, after: page.end });
      expect([idsOf(still), still.end, await still.hasNextPage()]).toEqual([[], page.end, true]);
      for (const adapter of of.adapters) adapter.failure = undefined;
      const back = await read(of, { first: 9, after: still.end });
      expect(namesOf(back)).toEqual(model(of).map(nameOf));
      expect([await back.hasNextPage(), await back.hasPreviousPage()]).toEqual([false, false]);
    },
  );

  it('leaves an empty page backward, too', async () => {
    const of = withAlphaAway();
    const page = await read(of, { last: 3 });
    expect([page.end, await page.hasPreviousPage(), await page.hasNextPage()]).toEqual([null, true, false]);
    of.alpha.failure = undefined;
    expect(namesOf(await read(of, { last: 9, before: page.start }))).toEqual(model(of).map(nameOf));
  });

  it('keeps a list from ending in which the others have nothing more', async () => {
    const page = await read(withAlphaAway('beta'), { first: 9 });
    expect([page.calls.length, await page.hasNextPage()]).toEqual([3, true]);
  });

  it.each(['INVALID_INPUT', 'UNSUPPORTED_BY_PROVIDER'] as const)(
    'for good, with %s, lets the list end with the others',
    async (code) => {
      const of = withAlphaAway('beta');
      of.alpha.failure = new ProviderError(code, 'Alpha does not do this.');
      const page = await read(of, { first: 9 });
      expect([page.calls.length, accountsOf(page), await page.hasNextPage()]).toEqual([3, ['alpha'], false]);
    },
  );

  it('alone with refusing what the caller gave fails the list', async () => {
    const of = withAlphaAway();
    of.alpha.failure = invalid;
    await expect(read(of, { first: 3 })).rejects.toBe(invalid);
  });

  it('stands alone with refusing what another account may well have', async () => {
    const of = withAlphaAway('beta');
    of.alpha.failure = invalid;
    const page = await read(of, { first: 3 });
    expect([idsOf(page), page.unavailable]).toEqual([
      ['beta-3', 'beta-2', 'beta-1'],
      [{ account: someAccount(), failure: invalid }],
    ]);
  });

  it('fails the whole list by what all of them refuse, and by a bug', async () => {
    const of = withAlphaAway('beta');
    for (const adapter of of.adapters) adapter.failure = invalid;
    await expect(read(of, { first: 3 })).rejects.toBe(invalid);
    for (const adapter of of.adapters.slice(1)) adapter.failure = undefined;
    of.alpha.failure = new TypeError('a bug');
    await expect(read(of, { first: 3 })).rejects.toBe(of.alpha.failure);
  });

  it('is caught up with when it comes back', async () => {
    const of = withAlphaAway('beta');
    const one = await read(of, { first: 2 });
    of.alpha.failure = undefined;
    const two = await read(of, { first: 2, after: one.end });
    const three = await read(of, { first: 9, after: two.end });
    expect([one, two, three].map(idsOf)).toEqual([
      ['beta-3', 'beta-2'],
      ['alpha-3', 'alpha-2'],
      ['beta-1', 'alpha-1'],
    ]);
    expect([one, two, three].map(accountsOf)).toEqual([['alpha'], [], []]);
  });

  it('is caught up with backward, too', async () => {
    const of = withAlphaAway('beta');
    const one = await read(of, { last: 2 });
    of.alpha.failure = undefined;
    const two = await read(of, { last: 2, before: one.start });
    const three = await read(of, { last: 9, before: two.start });
    expect([one, two, three].map(idsOf)).toEqual([
      ['beta-2', 'beta-1'],
      ['alpha-2', 'alpha-1'],
      ['beta-3', 'alpha-3'],
    ]);
  });

  it('owes nothing to a list that is read the other way from there', async () => {
    const of = withAlphaAway('beta');
    const one = await read(of, { first: 2 });
    of.alpha.failure = undefined;
    const ahead = await read(of, { last: 9, before: one.end });
    expect(idsOf(ahead)).toEqual(['beta-3', 'alpha-3']);
  });

  it('does not keep the others from telling what precedes the page', async () => {
    const of = withAlphaAway('beta');
    const { end } = await read(of, { first: 2 });
    const page = await read(of, { first: 2, after: end });
    expect(await page.hasPreviousPage()).toBe(true);
    of.alpha.failure = new TypeError('a bug');
    await expect(page.hasPreviousPage()).rejects.toBe(of.alpha.failure);
  });

  it('may have something before the page, too', async () => {
    const of = withAlphaAway('beta');
    const { end } = await read(of, { first: 2 });
    const page = await read(of, { first: 2, after: end });
    const beta = of.adapters[1] as ArrayAdapter;
    beta.failure = away;
    expect(await page.hasPreviousPage()).toBe(true);
  });

  it('is caught up with from the same place where nobody else has anything', async () => {
    const of = withAlphaAway('beta');
    const { end } = await read(of, { first: 9 });
    const empty = await read(of, { first: 9, after: end });
    expect([idsOf(empty), empty.end]).toEqual([[], end]);
    of.alpha.failure = undefined;
    expect(idsOf(await read(of, { first: 9, after: empty.end }))).toEqual(['alpha-3', 'alpha-2', 'alpha-1']);
  });

  it('with what it does not accept fails alone, unless it says what of the input that is', async () => {
    const of = withAlphaAway('beta');
    of.alpha.failure = new ProviderError('INVALID_INPUT', 'Alpha does not accept a value.');
    expect(accountsOf(await read(of, { first: 3 }))).toEqual(['alpha']);
  });

  it('makes the total unknowable', async () => {
    const page = await read(withAlphaAway('beta'), { first: 2 });
    expect(await page.count()).toBeNull();
  });

  it('after its page was read leaves the page, when it is alone in the list too', async () => {
    const of = withAlphaAway();
    of.alpha.failure = undefined;
    const { end } = await read(of, { first: 1 });
    const page = await read(of, { first: 1, after: end });
    of.alpha.failure = away;
    expect([idsOf(page), await page.count(), await page.hasPreviousPage()]).toEqual([
      ['alpha-2'],
      null,
      true,
    ]);
  });

  it.each([
    ['by pageInfo alone', false],
    ['by the cursors of calls', true],
  ])('loses no call and repeats none for who goes %s, whoever fails when', async (_, isByCalls) => {
    const size = fc.integer({ min: 1, max: 4 });
    const failures = fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { maxLength: 8 });
    const way = fc.constantFrom('forward', 'backward');
    const picks = fc.infiniteStream(fc.nat());
    await fc.assert(
      fc.asyncProperty(
        lists({ stingy: true }),
        size,
        failures,
        way,
        picks,
        async (of, length, schedule, direction, picked) => {
          const names: string[] = [];
          let place: ListCursor | null = null;
          for (let isDone = false, pages = 0; !isDone; pages += 1) {
            if (pages > mostPages) throw new Error('The walk does not end.');
            const failing = schedule.pop() ?? [];
            of.adapters.forEach((adapter, i) => {
              adapter.failure = failing[i] ? away : undefined;
            });
            const isForward = direction === 'forward';
            const page: Connection = await read(
              of,
              isForward ? { first: length, after: place } : { last: length, before: place },
            );
            const calls = isForward ? page.calls : page.calls.toReversed();
            const pick = isByCalls
              ? Number(picked.next().value) % Math.max(1, calls.length)
              : calls.length - 1;
            names.push(...calls.slice(0, pick + 1).map(nameOf));
            const more = isForward ? page.hasNextPage : page.hasPreviousPage;
            isDone = pick >= calls.length - 1 && !(await more());
            const call = isByCalls ? calls[pick] : undefined;
            place = call ? page.cursorOf(call) : isForward ? page.end : page.start;
            // A client of Relay's does not go on without a cursor.
            if (!isDone) expect(place).not.toBeNull();
          }
          expect(names.toSorted()).toEqual(model(of).map(nameOf).toSorted());
        },
      ),
      { numRuns: runs(100) },
    );
  });
});
