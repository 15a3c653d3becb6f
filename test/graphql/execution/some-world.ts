import fc from 'fast-check';
import type { Call } from '../../../src/calls/call.ts';
import { Calls } from '../../../src/calls/calls.ts';
import { ProviderError } from '../../../src/calls/failure.ts';
import { Idempotency } from '../../../src/calls/placing/idempotency.ts';
import { createContext } from '../../../src/graphql/context.ts';
import { encodeGlobalId } from '../../../src/graphql/relay/global-id.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { ArrayAdapter } from '../../support/array-adapter.ts';
import { someAccount, someCall, someOperation, someRights } from '../../support/some-call.ts';
import { someEvents } from '../../support/some-events.ts';

/** What a resolver may find in place of what it should. */
export const oddities = [
  'null',
  'undefined',
  'error',
  'failure',
  'promise',
  'late promise',
  'rejection',
  'late rejection',
  'method',
  'throwing method',
  'number',
  'empty list',
  'object',
] as const;

/** Members of a call that no sorting and no look-up goes by. */
export const members = [
  'from',
  'to',
  'direction',
  'status',
  'startedAt',
  'answeredAt',
  'duration',
  'endReason',
  'error',
  'price',
  'callerName',
  'details',
] as const;

export interface Recipe {
  readonly parents: readonly boolean[];
  readonly failing: readonly boolean[];
  readonly odd: readonly { readonly call: number; readonly member: string; readonly oddity: string }[];
}

const keys = ['alpha', 'beta'];
const callsOfEach = 3;

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  parents: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  failing: fc.array(
    fc.nat(4).map((one) => one === 0),
    { minLength: 2, maxLength: 2 },
  ),
  odd: fc.array(
    fc.record({
      call: fc.nat(5),
      member: fc.constantFrom(...members),
      oddity: fc.constantFrom(...oddities),
    }),
    { maxLength: 10 },
  ),
});

/** Ids that lead somewhere, and some that do not. */
export const ids = [
  ...keys.map((accountKey) => encodeGlobalId({ type: 'Account', accountKey })),
  ...keys.map((accountKey) => encodeGlobalId({ type: 'Call', accountKey, providerCallId: 'c-1' })),
  encodeGlobalId({ type: 'Call', accountKey: 'alpha', providerCallId: 'c-9' }),
  'nonsense',
];

/** The same world each time: nothing in it has been touched by an execution before. */
export function contextOf({ parents, failing, odd }: Recipe) {
  const adapters = keys.map((key, account) => {
    const calls = Array.from({ length: callsOfEach }, (_, i) => {
      const number = callsOfEach * account + i;
      const call = someCall({
        account: someAccount({ key }),
        providerCallId: `c-${i}`,
        createdAt: `2026-11-21T06:20:0${i}.000Z`,
        parentId: parents[number] === true ? `c-${(i + 1) % 4}` : null,
      });
      const oddities = odd.filter((each) => each.call === number);
      return Object.assign(
        call,
        ...oddities.map(({ member, oddity }) => ({ [member]: make(oddity) })),
      ) as Call;
    });
    const adapter = new ArrayAdapter(someAccount({ key }), calls);
    if (failing[account]) adapter.failure = new ProviderError('PROVIDER_TIMEOUT', `${key} is late.`);
    return adapter;
  });
  const parts = {
    adapters: new Map(adapters.map((adapter) => [adapter.account.key, adapter])),
    idempotency: new Idempotency(new MemoryStore()),
    events: someEvents(),
    limits: { requestsPerList: 3 },
  };
  const context = createContext(parts, someOperation(), { ...someRights(), id: 'somebody' });
  if (!(context.calls instanceof Calls)) throw new Error('not the calls that were to be tested');
  return context;
}

export function make(oddity: string): unknown {
  switch (oddity) {
    case 'null':
      return null;
    case 'error':
      return new Error('odd');
    case 'failure':
      return new ProviderError('NOT_FOUND', 'Odd.', { field: ['odd'] });
    case 'promise':
      return Promise.resolve('promised');
    case 'late promise':
      return later().then(() => 'late');
    case 'rejection':
      return silent(Promise.reject(new Error('rejected')));
    case 'late rejection':
      return silent(later().then(() => Promise.reject(new Error('rejected late'))));
    case 'method':
      return () => 'of a method';
    case 'throwing method':
      return () => {
        throw new Error('thrown by a method');
      };
    case 'number':
      return Number.NaN;
    case 'empty list':
      return [];
    case 'object':
      return { message: 'an object', amount: '1' };
    default:
      return undefined;
  }
}

async function later(): Promise<void> {
  for (let ticks = 0; ticks < 7; ticks += 1) await undefined;
}

/** Nobody may ask for it. */
function silent<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
