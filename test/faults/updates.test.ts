import { afterAll, beforeAll, describe, it } from 'vitest';
import type { FaultAction } from '../../src/sandbox/index.ts';
import { callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { type Product, withProduct } from '../support/product.ts';
import { type StubServer, startStubServer } from '../support/stub-server.ts';
import { writesIn } from '../support/writes-in.ts';

let stranger: StubServer;
beforeAll(async () => {
  stranger = await startStubServer();
});
afterAll(() => stranger.close());
guard();

const unknown = 'OUTCOME_UNKNOWN';
const a = (action: FaultAction) => (): FaultAction => action;
const status = (code: number, body = '') => a({ kind: 'status', status: code, body });
const redirect = (code: number) => (): FaultAction => ({
  kind: 'redirect',
  location: `${stranger.origin}/calls`,
  status: code,
});

/** What the carrier does to the one request that changes a call, and what is said of it, at Bandwidth and at Connect. */
const faults: [name: string, fault: () => FaultAction, atBandwidth: string, atConnect: string][] = [
  ['400', status(400), 'INVALID_INPUT', 'NOT_FOUND'],
  ['401', status(401), 'PROVIDER_UNAUTHENTICATED', 'PROVIDER_UNAUTHENTICATED'],
  ['403', status(403), 'PROVIDER_FORBIDDEN', 'PROVIDER_FORBIDDEN'],
  ['404', status(404), 'NOT_FOUND', 'NOT_FOUND'],
  // What the one documents is no word of the other's: it comes from in between, and proves nothing.
  ['409', status(409), 'CONFLICT', unknown],
  ['410', status(410), unknown, 'CONFLICT'],
  ['408', status(408), unknown, unknown],
  ['499', status(499), unknown, unknown],
  ['429', status(429), 'RATE_LIMITED', 'RATE_LIMITED'],
  ['500', status(500, 'oops'), unknown, unknown],
  ['502 with a page', status(502, '<html>'), unknown, unknown],
  ['503', status(503), unknown, unknown],
  ['a reset', a({ kind: 'reset' }), unknown, unknown],
  ['a reset once done', a({ kind: 'reset-after-apply' }), unknown, unknown],
  ['no answer', a({ kind: 'hang' }), unknown, unknown],
  ['no answer once done', a({ kind: 'hang', apply: true }), unknown, unknown],
  ['an answer after the deadline', a({ kind: 'latency', ms: 5_000 }), unknown, unknown],
  ['200 with HTML', a({ kind: 'html' }), unknown, unknown],
  ['an endless body', a({ kind: 'endless' }), unknown, unknown],
  ['302', redirect(302), unknown, unknown],
  ['303', redirect(303), unknown, unknown],
  ['307', redirect(307), unknown, unknown],
];

const query =
  'mutation ($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } call { id } } }';
const bxmlQuery =
  'mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) { userErrors { code } call { id } } }';

type Payload = { readonly userErrors: readonly { readonly code: string }[]; readonly call: object | null };

/** Every way of changing a call, each on a call of its own: what was said, and how many requests went out. */
async function changeAll(product: Product, account: 'bandwidth' | 'connect', prepare: () => void) {
  const { bandwidth, connect } = product;
  const ways: ((id: string) => Promise<{ data: Record<string, Payload> }>)[] = [
    (id) => product.ask(query, { input: { id, change: { end: 'HANG_UP' } } }),
    (id) => product.ask(query, { input: { id, change: { redirect: { url: 'https://example.com/next' } } } }),
    account === 'bandwidth'
      ? (id) => product.ask(bxmlQuery, { input: { id, bxml: '<Bxml/>' } })
      : (id) => product.ask(query, { input: { id, change: { muted: true } } }),
  ];
  const ids = ways.map(() =>
    account === 'bandwidth'
      ? bandwidth.add({ state: 'answered' }).callId
      : connect.add({ status: 'in-progress' }).sid,
  );
  prepare();
  const answers = await Promise.all(ways.map((change, i) => change(callId(account, ids[i] as string))));
  const { journal } = product.carrierOf(account);
  return {
    codes: answers.map(({ data }) => Object.values(data)[0]?.userErrors[0]?.code),
    calls: answers.map(({ data }) => Object.values(data)[0]?.call ?? null),
    sent: ids.map((id) => writesIn(journal).filter(({ path }) => path.includes(id)).length),
  };
}

describe.concurrent('a change of a call', () => {
  it.for(faults)('that gets %s is sent once', async ([, fault, atBandwidth, atConnect], { expect }) =>
    withProduct({}, async (product) => {
      const isWrite = ({ method, path }: { method: string; path: string }) =>
        method !== 'GET' && !path.includes('oauth2');
      for (const [account, code] of [
        ['bandwidth', atBandwidth],
        ['connect', atConnect],
      ] as const) {
        const { faults: of } = product.carrierOf(account);
        const { codes, calls, sent } = await changeAll(product, account, () =>
          of.add({ when: isWrite, do: fault() }),
        );
        expect([account, codes]).toEqual([account, [code, code, code]]);
        expect([account, calls, sent]).toEqual([account, [null, null, null], [1, 1, 1]]);
      }
      expect(stranger.requests).toEqual([]);
    }),
  );

  it('that was made is no less made because the call cannot be read anew', async ({ expect }) =>
    withProduct({}, async (product) => {
      for (const account of ['bandwidth', 'connect'] as const) {
        const { faults: of } = product.carrierOf(account);
        const { codes, calls, sent } = await changeAll(product, account, () =>
          of.add({ when: { method: 'GET' }, do: { kind: 'status', status: 500 } }),
        );
        expect([codes, calls, sent]).toEqual([
          [undefined, undefined, undefined],
          [null, null, null],
          [1, 1, 1],
        ]);
      }
    }));
});
