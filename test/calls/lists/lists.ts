import fc from 'fast-check';
import type { Call } from '../../../src/calls/call.ts';
import type { CallsAdapter } from '../../../src/calls/calls-adapter.ts';
import type { Connection, ListCursor, ListRequest } from '../../../src/calls/lists/connection.ts';
import { readList } from '../../../src/calls/lists/read-list.ts';
import type { CallOrder } from '../../../src/generated/schema.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { someAccount, someCall, someOperation } from '../../support/some-call.ts';

/** `constructor` is a good account key, and a trap for objects that are used as maps. */
const keys = ['alpha', 'beta', 'constructor', 'd-4'];
const moments = [null, '2026-11-21T06:20:00.000Z', '2026-11-21T06:20:00.001Z', '2027-01-01T00:00:00.000Z'];

/** More than any walk through such lists takes. */
export const mostPages = 300;

export interface Lists<Adapter extends CallsAdapter = ArrayAdapter> {
  readonly adapters: readonly Adapter[];
  readonly order: CallOrder;
  readonly requestsPerList: number;
  readonly filter: ListRequest['filter'];
}

const drawn = fc.record({
  createdAt: fc.constantFrom(...moments),
  providerCallId: fc.stringMatching(/^[a-zA-Z0-9-]{1,3}$/),
  direction: fc.constantFrom('INBOUND', 'OUTBOUND'),
});

export const order = fc.constantFrom<CallOrder>('NEWEST_FIRST', 'OLDEST_FIRST');

/** Calls of one account: few moments, so that many share one. */
export function callsOf(key: string, maxLength = 8) {
  return fc
    .uniqueArray(drawn, { selector: ({ providerCallId }) => providerCallId, maxLength })
    .map((calls) => calls.map((each) => someCall({ account: someAccount({ key }), ...each })));
}

/** Between one and four accounts; `stingy` ones stop when a budget of looking at calls is used up. */
export function lists({ stingy }: { stingy: boolean }): fc.Arbitrary<Lists> {
  return fc
    .record({
      calls: fc
        .subarray(keys, { minLength: 1 })
        .chain((some) => fc.tuple(...some.map((key) => callsOf(key)))),
      perRequest: fc.array(stingy ? fc.integer({ min: 1, max: 3 }) : fc.constant(1000), {
        minLength: 4,
        maxLength: 4,
      }),
      hints: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      searches: fc.array(fc.nat(stingy ? 3 : 0), { minLength: 4, maxLength: 4 }),
      order,
      requestsPerList: fc.integer({ min: 1, max: 2 }),
      filter: fc.constantFrom<ListRequest['filter']>({}, {}, { direction: 'INBOUND' }),
    })
    .map(({ calls, perRequest, hints, searches, ...rest }) => {
      const adapters = calls.map((some, i) => {
        const account = some[0]?.account ?? someAccount({ key: `empty-${i}` });
        // Without hints a search would begin anew with every page.
        const own = { perRequest: perRequest[i], hints: hints[i], searches: hints[i] ? searches[i] : 0 };
        return Object.assign(new ArrayAdapter(account, some), own);
      });
      return { adapters, ...rest };
    });
}

/** The whole list, as anybody would write it down: by moment, account and id, in the order asked for. */
export function model({ adapters, order, filter }: Lists): Call[] {
  const rank = ({ createdAt, account, providerCallId }: Call) =>
    [createdAt ?? '', account.key, providerCallId].join('\u0000');
  const calls = adapters
    .flatMap((adapter) => adapter.calls)
    .filter(({ direction }) => filter.direction === undefined || direction === filter.direction)
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return order === 'OLDEST_FIRST' ? calls : calls.reverse();
}

interface Window {
  readonly first?: number;
  readonly last?: number;
  readonly after?: ListCursor | null | undefined;
  readonly before?: ListCursor | null | undefined;
}

/** One page of it. */
export function read(of: Lists<CallsAdapter>, { first, last, after, before }: Window): Promise<Connection> {
  const request: ListRequest = {
    accounts: of.adapters.map(({ account }) => account),
    order: of.order,
    filter: of.filter,
    keys: [],
    fingerprint: '',
    direction: last === undefined ? 'forward' : 'backward',
    size: last ?? first ?? 20,
    after: after ?? undefined,
    before: before ?? undefined,
  };
  return readList(of.adapters, request, someOperation(), of);
}

export function cursorOf({ createdAt, account, providerCallId }: Call): ListCursor {
  return { position: { createdAt, accountKey: account.key, providerCallId } };
}

export function nameOf({ createdAt, account, providerCallId }: Call): string {
  return `${createdAt} ${account.key} ${providerCallId}`;
}

export function namesOf({ calls }: Connection): string[] {
  return calls.map(nameOf);
}
