import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import type { CallsAdapter } from '../../../src/calls/calls-adapter.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import type { Connection, ListCursor } from '../../../src/calls/lists/connection.ts';
import { RecentCalls } from '../../../src/calls/lists/recent-calls.ts';
import { withRecentCalls } from '../../../src/calls/lists/with-recent-calls.ts';
import type { NewCall } from '../../../src/calls/new-call.ts';
import type { PageRequest } from '../../../src/calls/page.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { heldBy } from '../../support/held-by.ts';
import { runs } from '../../support/runs.ts';
import { someAccount, someCall, someOperation } from '../../support/some-call.ts';
import { type Lists, lists, model, nameOf, namesOf, read } from './lists.ts';

const minute = 60_000;
const operation = someOperation();
const at = (second: number) => `2026-11-21T06:20:${`${second}`.padStart(2, '0')}.000Z`;
const named = (second: number, changes: Partial<Call> = {}) =>
  someCall({ providerCallId: `c-${second}`, createdAt: at(second), ...changes });
const idsOf = ({ calls }: { calls: readonly Call[] }) =>
  calls.map(({ providerCallId }) => providerCallId).join(' ');

/** A provider that lists these calls, and through whose adapter the others have been placed a moment ago. */
async function open({ listed = [] as Call[], placed = [] as Call[] }) {
  let now = Date.UTC(2026, 10, 21);
  const inner = new ArrayAdapter(someAccount());
  const adapter = withRecentCalls(inner, new RecentCalls(() => now));
  for (const call of placed) {
    inner.calls = [call];
    await adapter.create({} as never, operation);
  }
  inner.calls = listed;
  inner.asked.length = 0;
  const page = (changes: Partial<PageRequest> = {}) =>
    adapter.page({ order: 'NEWEST_FIRST', filter: {}, size: 10, budget: 1, ...changes }, operation);
  return { inner, adapter, page, wait: (milliseconds: number) => (now += milliseconds) };
}

describe('a call that was just placed', () => {
  it('is found although the provider does not know it yet', async () => {
    const { adapter } = await open({ placed: [named(1)] });
    expect(await adapter.get('c-1', operation)).toEqual(named(1));
    expect(await adapter.get('c-2', operation)).toBeNull();
  });

  it('is what the provider says, once it knows it', async () => {
    const ringing = named(1, { status: 'RINGING' });
    const { adapter, inner } = await open({ placed: [named(1)], listed: [ringing] });
    expect(await adapter.get('c-1', operation)).toEqual(ringing);
    inner.calls = [];
    expect(await adapter.get('c-1', operation), 'and stays so').toEqual(ringing);
  });

  it('is forgotten once the provider has shown it to have started', async () => {
    const { adapter, inner } = await open({ placed: [named(1)], listed: [named(1, { startedAt: at(2) })] });
    await adapter.get('c-1', operation);
    inner.calls = [];
    expect(await adapter.get('c-1', operation)).toBeNull();
  });

  it('stays in lists that show only what has started, whatever other lists show', async () => {
    const { adapter, inner, page } = await open({ placed: [named(1)], listed: [named(1)] });
    expect(idsOf(await page({ order: 'OLDEST_FIRST' })), 'once').toBe('c-1');
    inner.calls = [];
    expect(idsOf(await page())).toBe('c-1');
    inner.calls = [named(1, { startedAt: at(2) })];
    await page();
    inner.calls = [];
    expect(idsOf(await page())).toBe('');
    expect(await adapter.get('c-1', operation)).toBeNull();
  });

  it('is said not to be known yet when it is to be changed', async () => {
    const { adapter, inner } = await open({ placed: [named(1)] });
    inner.failure = new ProviderError('NOT_FOUND', 'Alpha has no such call.');
    const changes = [
      adapter.end('c-1', 'CANCEL', operation),
      adapter.mute('c-1', true, operation),
      adapter.redirect('c-1', {} as never, operation),
      adapter.replaceBxml('c-1', '<Response/>', operation),
    ];
    for (const change of await Promise.allSettled(changes)) {
      expect(change).toMatchObject({
        reason: { code: 'NOT_FOUND', message: expect.stringContaining('does not know it yet') },
      });
    }
    await expect(adapter.end('c-2', 'CANCEL', operation)).rejects.toBe(inner.failure);
    inner.failure = new ProviderError('CONFLICT', 'It has ended.');
    await expect(adapter.end('c-1', 'CANCEL', operation)).rejects.toBe(inner.failure);
  });

  it('is compared with what was asked for as the adapter compares it', () => {
    const adapter = Object.assign(new ArrayAdapter(someAccount()), {
      fits: (call: Call, { from }: { from: string }) => call.from === from,
    });
    const { fits } = withRecentCalls(adapter);
    const input = { from: '+1', to: '+2', answerUrl: 'https://app.example' } as NewCall;
    expect([fits(someCall({ from: '+1' }), input), fits(someCall(), input)]).toEqual([true, false]);
  });

  it('is forgotten after ten minutes', async () => {
    const { adapter, page, wait } = await open({ placed: [named(1)] });
    wait(10 * minute);
    expect([await adapter.get('c-1', operation), idsOf(await page())]).toEqual([named(1), 'c-1']);
    wait(1);
    expect([await adapter.get('c-1', operation), idsOf(await page())]).toEqual([null, '']);
  });

  it('does not hide that the provider cannot be read', async () => {
    const { adapter, inner } = await open({ placed: [named(1)] });
    inner.failure = new ProviderError('PROVIDER_UNAVAILABLE', 'Alpha cannot be reached.');
    await expect(adapter.get('c-1', operation)).rejects.toBe(inner.failure);
  });

  it('is not remembered when it was not placed', async () => {
    const { adapter, inner, page } = await open({});
    inner.calls = [named(1)];
    inner.failure = new ProviderError('OUTCOME_UNKNOWN', 'It may have been done.');
    await expect(adapter.create({} as never, operation)).rejects.toBe(inner.failure);
    inner.failure = undefined;
    inner.calls = [];
    expect(idsOf(await page())).toBe('');
  });
});

describe('a page', () => {
  it('holds the calls that are not listed yet, in their place', async () => {
    const { page } = await open({ listed: [named(1), named(3)], placed: [named(2), named(4)] });
    expect(await page()).toMatchObject({ more: false });
    expect(idsOf(await page())).toBe('c-4 c-3 c-2 c-1');
    expect(idsOf(await page({ order: 'OLDEST_FIRST' }))).toBe('c-1 c-2 c-3 c-4');
  });

  it('holds none that stands outside of it', async () => {
    const { page } = await open({
      listed: [named(1), named(3), named(5)],
      placed: [named(0), named(4), named(6)],
    });
    const after = { createdAt: at(5), providerCallId: 'c-5' };
    expect(await page({ after, size: 2 })).toMatchObject({ calls: [named(4), named(3)], more: true });
    expect(await page({ size: 1 })).toMatchObject({ calls: [named(6)], more: true });
  });

  it('holds no call twice, and forgets those that are listed now', async () => {
    const { inner, page } = await open({ listed: [named(1, { startedAt: at(2) })], placed: [named(1)] });
    expect(idsOf(await page())).toBe('c-1');
    inner.calls = [];
    expect(idsOf(await page())).toBe('');
  });

  it('has them as they are now, and only those that match', async () => {
    const { inner, page } = await open({ placed: [named(1), named(2)] });
    inner.get = async (id) => (id === 'c-1' ? named(1, { status: 'BUSY' }) : null);
    expect((await page({ filter: { statuses: ['BUSY'] } })).calls).toEqual([named(1, { status: 'BUSY' })]);
    expect(idsOf(await page({ filter: { statuses: ['RINGING'] } }))).toBe('');
  });

  it('has a call that started while the page was read', async () => {
    const { inner, page } = await open({ placed: [named(1)] });
    inner.get = async () => named(1, { startedAt: at(1) });
    expect(idsOf(await page())).toBe('c-1');
    expect(idsOf(await page()), 'from now on it is listed').toBe('');
  });

  it('leaves out one that turns out to stand elsewhere', async () => {
    const { inner, page } = await open({ placed: [named(5)] });
    inner.get = async () => named(5, { createdAt: at(1) });
    expect(
      idsOf(await page({ order: 'OLDEST_FIRST', after: { createdAt: at(3), providerCallId: '' } })),
    ).toBe('');
  });

  it('has them as they were placed when they cannot be read', async () => {
    const { inner, page } = await open({ placed: [named(1)] });
    inner.get = () => Promise.reject(new ProviderError('RATE_LIMITED', 'Too many.'));
    expect(idsOf(await page())).toBe('c-1');
  });

  it('asks about the twenty newest at most', async () => {
    const placed = Array.from({ length: 30 }, (_, i) => named(i + 10));
    const { inner, page } = await open({ placed });
    expect((await page({ size: 50 })).calls).toHaveLength(30);
    expect(inner.askedFor('get').flat()).toEqual(
      placed
        .slice(10)
        .reverse()
        .map((call) => call.providerCallId),
    );
  });

  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)(
    'of calls in some state ends where nobody has asked, and goes on from there, %s',
    async (order) => {
      const placed = Array.from({ length: 50 }, (_, i) => named(i + 10, { status: 'QUEUED' }));
      const { inner, page } = await open({ placed });
      const waiting = placed.filter((_, i) => i % 3 === 0);
      const over = placed.filter((call) => !waiting.includes(call));
      inner.calls = over.map((call) => ({ ...call, status: 'COMPLETED', startedAt: call.createdAt }));
      inner.get = async (id) =>
        [...inner.calls, ...waiting].find((call) => call.providerCallId === id) ?? null;
      const found: Call[] = [];
      let one = await page({ order, size: 100, filter: { statuses: ['QUEUED'] } });
      for (
        ;
        one.more;
        one = await page({ order, size: 100, filter: { statuses: ['QUEUED'] }, after: one.stopped })
      )
        found.push(...one.calls);
      found.push(...one.calls);
      expect(found).toEqual(order === 'OLDEST_FIRST' ? waiting : waiting.toReversed());
    },
  );

  it('asks about none that cannot be on it', async () => {
    const { inner, page } = await open({ placed: [named(1), named(2, { to: '+19195550177' })] });
    expect(idsOf(await page({ filter: { to: '+1 919 555 0177' } }))).toBe('c-2');
    expect(inner.askedFor('get')).toEqual([['c-2']]);
  });

  it('asks about none when nothing was placed', async () => {
    const { inner, page } = await open({ listed: [named(1)] });
    await page();
    expect(inner.askedFor('get')).toEqual([]);
  });
});

describe('what is remembered', () => {
  it('is what was placed, where nothing more is heard of it', async () => {
    const recent = new RecentCalls(() => 0);
    recent.add(named(1));
    const request = { order: 'NEWEST_FIRST', filter: {}, size: 10, budget: 1 } as const;
    const page = await recent.complete({ calls: [], more: false }, request, async () => null);
    expect(page.calls).toEqual([named(1)]);
  });

  it('is at most five thousand calls, the newest', () => {
    const recent = new RecentCalls(() => 0);
    for (let i = 0; i < 5_002; i += 1) recent.add(someCall({ providerCallId: `c-${i}` }));
    expect(['c-0', 'c-1', 'c-2', 'c-5001'].map((id) => recent.find(id) !== null)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('is at most sixteen megabytes, the newest', () => {
    const recent = new RecentCalls(() => 0);
    const callerName = '電'.repeat(100_000);
    for (let i = 0; i < 100; i += 1) recent.add(someCall({ providerCallId: `c-${i}`, callerName }));
    const kept = Array.from({ length: 100 }, (_, i) => recent.find(`c-${i}`) !== null);
    const oldest = kept.indexOf(true);
    expect(oldest).toBeGreaterThan(0);
    expect(kept.slice(oldest)).toEqual(Array(100 - oldest).fill(true));
    expect((100 - oldest) * 200_000).toBeLessThan(16 * 1024 * 1024);
    expect((100 - oldest) * 200_000).toBeGreaterThan(8 * 1024 * 1024);
  });

  it('keeps nothing else of the answers that the calls were read from', async () => {
    const recent = new RecentCalls(() => 0);
    const cut = (i: number, from: number) => `${'x'.repeat(100_000)}${i}`.slice(from, 50);
    const held = await heldBy(async () => {
      for (let i = 0; i < 1_000; i += 1) {
        recent.add(someCall({ providerCallId: `c-${i}`, callerName: cut(i, 1) }));
        recent.update(someCall({ providerCallId: `c-${i}`, callerName: cut(i, 2) }));
      }
    });
    expect(recent.find('c-0')?.callerName).toBe(cut(0, 2));
    expect(held).toBeLessThan(10 * 1024 * 1024);
  });

  it('is dropped by wall-clock time by default', () => {
    const recent = new RecentCalls();
    recent.add(named(1));
    recent.update(named(2));
    expect([recent.find('c-1'), recent.find('c-2')]).toEqual([named(1), null]);
  });
});

describe('everything else', () => {
  it('is left to the adapter', async () => {
    const { adapter, inner } = await open({ listed: [named(1)] });
    const redirect = { url: 'https://app.example', method: 'POST', fallbackMethod: 'POST' } as const;
    expect([adapter.account, await adapter.count({}, operation)]).toEqual([inner.account, 1]);
    await adapter.end('c-1', 'CANCEL', operation);
    await adapter.redirect('c-1', redirect, operation);
    await adapter.mute('c-1', true, operation);
    await adapter.replaceBxml('c-1', '<Bxml/>', operation);
    await adapter.close();
    expect(inner.asked).toEqual([
      { method: 'count', values: [{}] },
      { method: 'end', values: ['c-1', 'CANCEL'] },
      { method: 'redirect', values: ['c-1', redirect] },
      { method: 'mute', values: ['c-1', true] },
      { method: 'replaceBxml', values: ['c-1', '<Bxml/>'] },
    ]);
  });
});

describe('walking through lists that lag', () => {
  it('yields every call once and in order, listed or not', async () => {
    const hidden = fc.array(fc.boolean(), { minLength: 32, maxLength: 32 });
    const size = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(lists({ stingy: true }), hidden, size, async (given, isHidden, first) => {
        const expected = model(given).map(nameOf);
        let index = 0;
        const wrapped = await Promise.all(
          given.adapters.map(async (inner) => {
            const all = inner.calls;
            const unlisted = all.filter(() => isHidden[index++]);
            const adapter = withRecentCalls(inner);
            for (const call of unlisted) {
              inner.calls = [call];
              await adapter.create({} as never, operation);
            }
            inner.calls = all.filter((call) => !unlisted.includes(call));
            return adapter;
          }),
        );
        const of: Lists<CallsAdapter> = { ...given, adapters: wrapped };
        const names: string[] = [];
        let after: ListCursor | null = null;
        for (let more = true; more; ) {
          const page: Connection = await read(of, { first, after });
          names.push(...namesOf(page));
          after = page.end ?? after;
          more = await page.hasNextPage();
        }
        expect(names).toEqual(expected);
      }),
      { numRuns: runs(80) },
    );
  });
});
