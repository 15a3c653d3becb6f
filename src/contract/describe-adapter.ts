import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../calls/call.ts';
import type { Limits } from '../calls/calls-adapter.ts';
import type { CallOrder } from '../generated/schema.ts';
import { aNewCall, type Contracted, createOperation, patient, writesIn } from './contracted.ts';
import { describeFilters } from './describe-filters.ts';
import { codeOf, describeTrouble } from './describe-trouble.ts';
import { idsOn, walkPages } from './walk-pages.ts';

const bxml = '<Bxml><Hangup/></Bxml>';
const redirect = { url: 'https://example.com/next', method: 'POST', fallbackMethod: 'POST' } as const;

/**
 * Describes what every adapter does, as tests of vitest: lookups, exact pages in both orders, what filters give, calls that are placed by one
 * request, changes or their refusal, and what becomes of all that when the provider or the network fails.
 *
 * @param start creates an adapter with these limits, on an emulated provider of its own
 */
export function describeAdapter(name: string, start: (limits: Limits) => Promise<Contracted>): void {
  describe(name, () => {
    let it_: Contracted;
    beforeEach(async () => {
      it_ = await start(patient);
    });
    afterEach(() => it_.close());

    const can = (capability: string) => it_.adapter.account.capabilities.some((each) => each === capability);
    const walk = async (order: CallOrder, size: number): Promise<string[]> => {
      const pages = await walkPages(it_.adapter, { order, filter: {}, size, budget: 20 });
      for (const { calls } of pages) expect(calls.length).toBeLessThanOrEqual(size);
      return idsOn(pages);
    };
    const list = { order: 'NEWEST_FIRST', filter: {}, size: 5, budget: 20 } as const;
    const firstPage = () => it_.adapter.page(list, createOperation());
    const create = () => it_.adapter.create(aNewCall(), createOperation());
    const get = (id: string) => it_.adapter.get(id, createOperation());
    const end = (id: string, how: 'CANCEL' | 'HANG_UP') => it_.adapter.end(id, how, createOperation());
    const writes = () => writesIn(it_.journal);

    it('knows no call by an id that nobody has', async () => {
      expect(await get(it_.unknownId)).toBeNull();
    });

    it.each(['a/b', 'a?b', 'a%2Fb', 'a\r\nX: y', 'é', 'x'.repeat(512)])(
      'knows no call by %j, although one might have that id',
      async (id) => {
        const operation = createOperation();
        expect(await it_.adapter.get(id, operation)).toBeNull();
        expect(it_.journal.filter(({ method }) => method === 'GET')).toHaveLength(1);
      },
    );

    it.each(['', '.', '..', '../x', 'a/../b', 'a/..', '\ud800', 'x'.repeat(513)])(
      'asks nothing about %j, which cannot be an id',
      async (id) => {
        const operation = createOperation();
        expect(await it_.adapter.get(id, operation)).toBeNull();
        expect(operation.requests).toBe(0);
      },
    );

    it('reads one call as the list has it', async () => {
      const id = it_.add(it_.clock.now() - 3_600_000);
      const { calls } = await firstPage();
      expect(calls.map(({ providerCallId }) => providerCallId)).toEqual([id]);
      expect(await get(id)).toEqual(calls[0]);
    });

    it('gives an empty page of an empty list, with nothing behind it', async () => {
      expect(await firstPage()).toMatchObject({ calls: [], more: false });
    });

    it.each([
      ['OLDEST_FIRST', 10],
      ['OLDEST_FIRST', 7],
      ['NEWEST_FIRST', 10],
      ['NEWEST_FIRST', 7],
    ] as const)('walks 30 calls %s in pages of %i, each once, with an exact end', async (order, size) => {
      const now = it_.clock.now();
      const ids = Array.from({ length: 30 }, (_, i) => it_.add(now - 86_400_000 + i * 60_000));
      expect(await walk(order, size)).toEqual(order === 'OLDEST_FIRST' ? ids : ids.reverse());
    });

    it('counts, if it says that it can', async () => {
      for (let i = 0; i < 3; i += 1) it_.add(it_.clock.now() - 3_600_000 - i * 1000);
      expect(await it_.adapter.count({}, createOperation())).toBe(can('COUNT_CALLS') ? 3 : null);
    });

    it('places a call by one POST', async () => {
      const { from, to } = aNewCall();
      const call = await create();
      expect(call).toMatchObject({ status: 'QUEUED', to, from, endedAt: null });
      expect(call.account).toBe(it_.adapter.account);
      expect(writes()).toHaveLength(1);
      const read = await get(call.providerCallId);
      expect(read).toMatchObject({ providerCallId: call.providerCallId, createdAt: call.createdAt });
      expect([call, read as Call].map((each) => it_.adapter.fits(each, aNewCall()))).toEqual([true, true]);
    });

    it.each([
      ['REDIRECT_CALL', (id: string) => it_.adapter.redirect(id, redirect, createOperation())],
      ['HANG_UP_CALL', (id: string) => end(id, 'HANG_UP')],
      ['MUTE_CALL', (id: string) => it_.adapter.mute(id, true, createOperation())],
      ['UPDATE_BXML', (id: string) => it_.adapter.replaceBxml(id, bxml, createOperation())],
    ] as const)('does %s on an answered call, or says that it cannot', async (capability, change) => {
      const { providerCallId } = await create();
      it_.clock.advance(30_000);
      it_.journal.clear();
      if (can(capability)) {
        await change(providerCallId);
        expect(writes()).toHaveLength(1);
        expect(await codeOf(change(it_.unknownId))).toBe('NOT_FOUND');
      } else {
        expect(await codeOf(change(providerCallId))).toBe('UNSUPPORTED_BY_PROVIDER');
        expect(writes()).toHaveLength(0);
      }
    });

    it('cancels a call that nobody has answered, and refuses to cancel an answered one', async () => {
      const first = await create();
      if (!can('CANCEL_CALL')) {
        expect(await codeOf(end(first.providerCallId, 'CANCEL'))).toBe('UNSUPPORTED_BY_PROVIDER');
        return;
      }
      it_.clock.advance(2_000);
      await end(first.providerCallId, 'CANCEL');
      expect(await get(first.providerCallId)).toMatchObject({ status: 'CANCELED' });
      const second = await create();
      it_.clock.advance(30_000);
      expect(await codeOf(end(second.providerCallId, 'CANCEL'))).toBe('CONFLICT');
      expect(await get(second.providerCallId)).toMatchObject({ status: 'IN_PROGRESS' });
    });

    describeFilters(() => it_);
    describeTrouble(
      () => it_,
      async (limits) => {
        await it_.close();
        it_ = await start(limits);
      },
    );
  });
}
