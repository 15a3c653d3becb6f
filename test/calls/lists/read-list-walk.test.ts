import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection, ListCursor } from '../../../src/calls/lists/connection.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { runs } from '../../support/runs.ts';
import { callsOf, cursorOf, type Lists, lists, model, mostPages, nameOf, namesOf, read } from './lists.ts';

const size = fc.integer({ min: 1, max: 5 });

/** Pages from the first to the last, as a client turns them; `onPage` is called between two of them. */
async function walkForward(of: Lists, first: number, onPage = (_: Connection) => {}): Promise<string[]> {
  const names: string[] = [];
  let after: ListCursor | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Connection = await read(of, { first, after });
    names.push(...namesOf(page));
    onPage(page);
    if (!(await page.hasNextPage())) return names;
    expect(page.end, 'there is more, so there is a place to go on from').not.toBeNull();
    after = page.end;
  }
  throw new Error('The walk does not end.');
}

/** The same from the last to the first. */
async function walkBackward(of: Lists, last: number): Promise<string[]> {
  let names: string[] = [];
  let before: ListCursor | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Connection = await read(of, { last, before });
    names = [...namesOf(page), ...names];
    if (!(await page.hasPreviousPage())) return names;
    expect(page.start, 'there is more, so there is a place to go on from').not.toBeNull();
    before = page.start;
  }
  throw new Error('The walk does not end.');
}

describe('walking through a list', () => {
  it.each([
    ['that is searched to the end', false],
    ['whose accounts stop early', true],
  ])('yields every call once and in order, forward, %s', async (_, stingy) => {
    await fc.assert(
      fc.asyncProperty(lists({ stingy }), size, async (of, first) => {
        expect(await walkForward(of, first)).toEqual(model(of).map(nameOf));
      }),
      { numRuns: runs(70) },
    );
  });

  it.each([
    ['that is searched to the end', false],
    ['whose accounts stop early', true],
  ])('yields the same backward, %s', async (_, stingy) => {
    await fc.assert(
      fc.asyncProperty(lists({ stingy }), size, async (of, last) => {
        expect(await walkBackward(of, last)).toEqual(model(of).map(nameOf));
      }),
      { numRuns: runs(70) },
    );
  });

  it('turns full pages, but for the last one', async () => {
    await fc.assert(
      fc.asyncProperty(lists({ stingy: false }), size, async (of, first) => {
        const lengths: number[] = [];
        await walkForward(of, first, ({ calls }) => lengths.push(calls.length));
        const total = model(of).length;
        expect(lengths).toHaveLength(Math.max(1, Math.ceil(total / first)));
        expect(lengths.slice(0, -1).every((length) => length === first)).toBe(true);
      }),
    );
  });

  it('is not upset by calls that come and go meanwhile', async () => {
    const changes = fc.array(fc.record({ added: callsOf('alpha', 2), removed: fc.nat() }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lists({ stingy: true }), size, changes, async (of, first, given) => {
        const before = model(of).map(nameOf);
        const gone = new Set<string>();
        const left = given.map(({ added, ...rest }, i) => {
          const named = added.map((call) => ({ ...call, providerCallId: `new-${i}-${call.providerCallId}` }));
          return { added: named, ...rest };
        });
        const names = await walkForward(of, first, () => {
          const change = left.pop();
          const [adapter] = of.adapters;
          if (change === undefined || adapter === undefined) return;
          const [removed] = adapter.calls.splice(change.removed % (adapter.calls.length + 1), 1);
          if (removed) gone.add(nameOf(removed));
          const { account } = adapter;
          adapter.calls.push(...change.added.map((call) => ({ ...call, account })));
        });
        expect(new Set(names).size, 'none comes twice').toBe(names.length);
        expect(names.filter((name) => before.includes(name) && !gone.has(name))).toEqual(
          before.filter((name) => !gone.has(name)),
        );
      }),
      { numRuns: runs(70) },
    );
  });
});

describe('the cursors of a page', () => {
  it('are, of its first and last call, its start and its end, wherever it stopped', async () => {
    await fc.assert(
      fc.asyncProperty(lists({ stingy: true }), size, fc.boolean(), async (of, length, isForward) => {
        let place: ListCursor | null | undefined;
        for (let pages = 0; pages < mostPages && place !== null; pages += 1) {
          const window = isForward ? { first: length, after: place } : { last: length, before: place };
          const { calls, cursorOf: cursorIn, start, end }: Connection = await read(of, window);
          const [first, last] = [calls[0], calls.at(-1)];
          if (first) expect(cursorIn(first)).toBe(start);
          if (last) expect(cursorIn(last)).toBe(end);
          if (last) expect(end?.position).toEqual(cursorOf(last).position);
          place = isForward ? end : start;
        }
      }),
      { numRuns: runs(70) },
    );
  });

  it('lead on behind any call, and back to before it', async () => {
    await fc.assert(
      fc.asyncProperty(
        lists({ stingy: true }),
        size,
        fc.infiniteStream(fc.nat()),
        async (of, first, picks) => {
          const adapters = of.adapters.map(({ account, calls }) => new ArrayAdapter(account, calls));
          const whole = { ...of, adapters };
          const names: string[] = [];
          let after: ListCursor | null = null;
          for (let isDone = false, pages = 0; !isDone; pages += 1) {
            if (pages > mostPages) throw new Error('The walk does not end.');
            const page: Connection = await read(of, { first, after });
            const pick = Number(picks.next().value) % Math.max(1, page.calls.length);
            names.push(...page.calls.slice(0, pick + 1).map(nameOf));
            isDone = pick >= page.calls.length - 1 && !(await page.hasNextPage());
            const call = page.calls[pick];
            const cursor = call ? page.cursorOf(call) : page.end;
            // Only the ends of a page hold what makes it cheap to go on.
            const isInside = pick > 0 && pick < page.calls.length - 1;
            if (isInside) expect(cursor).not.toHaveProperty('hints');
            if (call && cursor) {
              const back = await read(whole, { last: 500, before: cursor });
              expect(namesOf(back)).toEqual(names.slice(0, -1));
            }
            after = cursor;
          }
          expect(names).toEqual(model(of).map(nameOf));
        },
      ),
      { numRuns: runs(70) },
    );
  });
});

describe('a window of a list', () => {
  /** A list with two places in it, in order, at calls that are there. */
  const windows = lists({ stingy: false })
    .filter((of) => model(of).length > 1)
    .chain((of) => {
      const indexes = fc.uniqueArray(fc.nat(model(of).length - 1), { minLength: 2, maxLength: 2 });
      return fc.record({ of: fc.constant(of), between: indexes.map((two) => two.sort((a, b) => a - b)) });
    });

  it('is the first or the last part of what stands between two cursors', async () => {
    await fc.assert(
      fc.asyncProperty(windows, fc.nat(6), async ({ of, between }, wanted) => {
        const [from = 0, to = 0] = between;
        const whole = model(of);
        const [after, before] = [from, to].map((index) => cursorOf(whole[index] as (typeof whole)[number]));
        const inside = whole.slice(from + 1, to).map(nameOf);
        const head = await read(of, { first: wanted, after, before });
        const tail = await read(of, { last: wanted, after, before });
        expect(namesOf(head)).toEqual(inside.slice(0, wanted));
        expect(namesOf(tail)).toEqual(wanted === 0 ? [] : inside.slice(-wanted));
        for (const page of [head, tail]) {
          expect([await page.hasPreviousPage(), await page.hasNextPage()]).toEqual([true, true]);
        }
      }),
      { numRuns: runs(70) },
    );
  });

  it('knows what stands on either side of one cursor', async () => {
    await fc.assert(
      fc.asyncProperty(windows, size, async ({ of, between }, wanted) => {
        const [at = 0] = between;
        const whole = model(of);
        const place = cursorOf(whole[at] as (typeof whole)[number]);
        const behind = await read(of, { first: wanted, after: place });
        expect(namesOf(behind)).toEqual(whole.slice(at + 1, at + 1 + wanted).map(nameOf));
        expect(await behind.hasPreviousPage()).toBe(true);
        expect(await behind.hasNextPage()).toBe(at + 1 + wanted < whole.length);
        const ahead = await read(of, { last: wanted, before: place });
        expect(namesOf(ahead)).toEqual(whole.slice(Math.max(0, at - wanted), at).map(nameOf));
        expect(await ahead.hasPreviousPage()).toBe(at > wanted);
        expect(await ahead.hasNextPage()).toBe(true);
      }),
      { numRuns: runs(70) },
    );
  });

  it('says that nothing stands beyond a cursor whose calls are gone', async () => {
    await fc.assert(
      fc.asyncProperty(lists({ stingy: false }), size, async (of, wanted) => {
        const whole = model(of);
        const head = { position: { createdAt: null, accountKey: '', providerCallId: '' } };
        const tail = { position: { createdAt: '9999', accountKey: '', providerCallId: '' } };
        const [after, before] = of.order === 'OLDEST_FIRST' ? [head, tail] : [tail, head];
        const forward = await read(of, { first: wanted, after, before });
        expect(namesOf(forward)).toEqual(whole.slice(0, wanted).map(nameOf));
        expect(await forward.hasPreviousPage()).toBe(false);
        expect(await forward.hasNextPage()).toBe(wanted < whole.length);
        const backward = await read(of, { last: wanted, after, before });
        expect(namesOf(backward)).toEqual(whole.slice(-wanted).map(nameOf));
        expect(await backward.hasPreviousPage()).toBe(wanted < whole.length);
        expect(await backward.hasNextPage()).toBe(false);
      }),
    );
  });

  it('may end early between two cursors where accounts stop early, and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        lists({ stingy: true }).filter((of) => model(of).length > 1),
        size,
        async (of, first) => {
          const whole = model(of);
          const before = cursorOf(whole.at(-1) as (typeof whole)[number]);
          const names: string[] = [];
          let after: ListCursor | null = null;
          let pages = 0;
          do {
            pages += 1;
            if (pages > mostPages) throw new Error('The walk does not end.');
            const page: Connection = await read(of, { first, after, before });
            names.push(...namesOf(page));
            after = page.end;
          } while (after !== null);
          expect(names).toEqual(whole.slice(0, -1).map(nameOf));
        },
      ),
    );
  });
});
