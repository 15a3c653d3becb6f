import { afterAll, beforeAll, describe, it } from 'vitest';
import type { FaultAction } from '../../src/sandbox/index.ts';
import { accountId, callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { type AccountKey, accountKeys, type Product, withProduct } from '../support/product.ts';
import { type StubServer, startStubServer } from '../support/stub-server.ts';

/** Milliseconds of virtual time: the deadline of the product, and what an answer may take behind it. */
const slack = 200;
const deadline = 4_000;

let stranger: StubServer;
beforeAll(async () => {
  stranger = await startStubServer();
});
afterAll(() => stranger.close());
guard();

const redirectTo = (status: number) => (): FaultAction => ({
  kind: 'redirect',
  location: `${stranger.origin}/calls`,
  status,
});
const a = (action: FaultAction) => (): FaultAction => action;

/** What the carrier does to every read, what the client is told, and how many requests that may cost. */
const faults: [name: string, fault: () => FaultAction, code: string, most: number][] = [
  ['500', a({ kind: 'status', status: 500 }), 'PROVIDER_UNAVAILABLE', 3],
  ['502 with a page', a({ kind: 'status', status: 502, body: '<html>' }), 'PROVIDER_UNAVAILABLE', 3],
  ['503', a({ kind: 'status', status: 503 }), 'PROVIDER_UNAVAILABLE', 3],
  [
    '503 for a day',
    a({ kind: 'status', status: 503, headers: { 'Retry-After': '86400' } }),
    'PROVIDER_UNAVAILABLE',
    1,
  ],
  [
    '429 for ever',
    a({ kind: 'status', status: 429, headers: { 'Retry-After': '99999999999999' } }),
    'RATE_LIMITED',
    3,
  ],
  ['403', a({ kind: 'status', status: 403 }), 'PROVIDER_FORBIDDEN', 1],
  ['418', a({ kind: 'status', status: 418 }), 'PROVIDER_MISBEHAVED', 1],
  ['a reset', a({ kind: 'reset' }), 'PROVIDER_UNAVAILABLE', 3],
  ['half a body', a({ kind: 'half-body' }), 'PROVIDER_UNAVAILABLE', 3],
  ['no answer', a({ kind: 'hang' }), 'PROVIDER_TIMEOUT', 3],
  ['an answer after the deadline', a({ kind: 'latency', ms: 5_000 }), 'PROVIDER_TIMEOUT', 3],
  ['a slow drip', a({ kind: 'drip', bytesPerSecond: 30 }), 'PROVIDER_TIMEOUT', 3],
  ['cut JSON', a({ kind: 'bad-json' }), 'PROVIDER_MISBEHAVED', 1],
  ['200 with HTML', a({ kind: 'html' }), 'PROVIDER_MISBEHAVED', 1],
  ['an endless body', a({ kind: 'endless' }), 'PROVIDER_MISBEHAVED', 1],
  ['200 and nothing', a({ kind: 'status', status: 200, body: '' }), 'PROVIDER_MISBEHAVED', 1],
  ['200 and null', a({ kind: 'status', status: 200, body: 'null' }), 'PROVIDER_MISBEHAVED', 1],
  ['204', a({ kind: 'status', status: 204, body: '' }), 'PROVIDER_MISBEHAVED', 1],
  ['304', a({ kind: 'status', status: 304, body: '' }), 'PROVIDER_MISBEHAVED', 1],
  [
    'brackets, ten thousand deep',
    a({ kind: 'status', status: 200, body: '['.repeat(100_000) }),
    'PROVIDER_MISBEHAVED',
    1,
  ],
  ['301', redirectTo(301), 'PROVIDER_MISBEHAVED', 1],
  ['302', redirectTo(302), 'PROVIDER_MISBEHAVED', 1],
  ['307', redirectTo(307), 'PROVIDER_MISBEHAVED', 1],
  ['308', redirectTo(308), 'PROVIDER_MISBEHAVED', 1],
];

const selection = 'nodes { providerCallId } unavailable { account { key } code }';
interface Listed {
  readonly calls: {
    readonly nodes: readonly { providerCallId: string }[];
    readonly unavailable: readonly { account: { key: string }; code: string }[];
  };
}

/** A call at every account that can be read while all is well. */
function addCalls({ bandwidth, connect, sbc }: Product): Record<AccountKey, string> {
  const { sid } = connect.add({});
  return {
    bandwidth: bandwidth.add({}).callId,
    connect: sid,
    'connect-xml': sid,
    sbc: sbc.add({}).sid,
  };
}

function readsAt({ carrierOf }: Product, account: AccountKey) {
  return carrierOf(account).journal.filter(({ method }) => method === 'GET');
}

describe.concurrent('a read', () => {
  it.for(faults)('that gets %s', async ([, fault, code, most], { expect }) =>
    withProduct({}, async (product) => {
      const ids = addCalls(product);
      for (const carrier of [product.bandwidth, product.connect, product.sbc]) {
        carrier.faults.add({ when: { method: 'GET' }, do: fault() });
      }
      const aliases = accountKeys.map((key, i) => `a${i}: call(id: "${callId(key, ids[key])}") { status }`);
      const { data, errors, took } = await product.ask<object>(`{ ${aliases.join(' ')} }`);
      expect(data).toEqual({ a0: null, a1: null, a2: null, a3: null });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual([code, code, code, code]);
      expect(took).toBeLessThan(deadline + slack);
      expect(readsAt(product, 'bandwidth').length).toBeLessThanOrEqual(most);
      // Two accounts.
      expect(readsAt(product, 'connect').length).toBeLessThanOrEqual(2 * most);
      expect(readsAt(product, 'sbc').length).toBeLessThanOrEqual(most);
      expect(stranger.requests).toEqual([]);
    }),
  );

  it.for(faults)('of the list at two accounts that get %s leaves the other', async (row, { expect }) =>
    withProduct({}, async (product) => {
      const [, fault, code, most] = row;
      const ids = addCalls(product);
      for (const carrier of [product.bandwidth, product.connect]) {
        carrier.faults.add({ when: { method: 'GET' }, do: fault() });
      }
      const { data, errors, took } = await product.ask<Listed>(
        `query ($ids: [ID!]) { calls(accountIds: $ids) { ${selection} } }`,
        { ids: ['bandwidth', 'connect-xml', 'sbc'].map(accountId) },
      );
      expect(errors).toEqual([]);
      expect(data.calls.nodes).toEqual([{ providerCallId: ids.sbc }]);
      expect(data.calls.unavailable).toEqual([
        { account: { key: 'bandwidth' }, code },
        { account: { key: 'connect-xml' }, code },
      ]);
      expect(took).toBeLessThan(deadline + slack);
      // One answer of a list that cannot be read is asked for once more.
      const mostOfList = code === 'PROVIDER_MISBEHAVED' ? Math.max(2, most) : most;
      expect(readsAt(product, 'bandwidth').length).toBeLessThanOrEqual(mostOfList);
      expect(stranger.requests).toEqual([]);
    }),
  );
});
