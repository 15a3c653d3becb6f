import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import type { FaultAction } from '../../src/sandbox/index.ts';
import { pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { type AccountKey, accountKeys, type Product, withProduct } from '../support/product.ts';
import { type StubServer, startStubServer } from '../support/stub-server.ts';
import { writesIn } from '../support/writes-in.ts';

let stranger: StubServer;
beforeAll(async () => {
  stranger = await startStubServer();
});
afterAll(() => stranger.close());
guard();
// They wait for most of their time.
vi.setConfig({ maxConcurrency: 12 });

/** Whether the carrier places the call all the same. */
type Effect = 'placed' | 'not placed';
const unknown = 'OUTCOME_UNKNOWN';
const a = (action: FaultAction) => (): FaultAction => action;
const status = (code: number, body?: string) => a({ kind: 'status', status: code, ...(body && { body }) });
const redirect = (code: number) => (): FaultAction => ({
  kind: 'redirect',
  location: `${stranger.origin}/calls`,
  status: code,
});

/** What the carrier does to the one POST, and what is said of it. */
const faults: [name: string, fault: () => FaultAction, code: string, effect: Effect][] = [
  ['500', status(500, 'oops'), unknown, 'not placed'],
  ['502 with a page', status(502, '<html>'), unknown, 'not placed'],
  ['503', status(503, 'later'), unknown, 'not placed'],
  ['504', status(504, ''), unknown, 'not placed'],
  ['401', status(401), 'PROVIDER_UNAUTHENTICATED', 'not placed'],
  ['403', status(403), 'PROVIDER_FORBIDDEN', 'not placed'],
  ['400', status(400, '?'), 'INVALID_INPUT', 'not placed'],
  ['429', status(429), 'RATE_LIMITED', 'not placed'],
  // Words of what stands in between, which may have passed the request on.
  ['408', status(408, '<html>'), unknown, 'not placed'],
  ['409', status(409), unknown, 'not placed'],
  ['425', status(425), unknown, 'not placed'],
  ['460', status(460), unknown, 'not placed'],
  ['499', status(499, ''), unknown, 'not placed'],
  ['a reset', a({ kind: 'reset' }), unknown, 'not placed'],
  ['a reset once placed', a({ kind: 'reset-after-apply' }), unknown, 'placed'],
  ['no answer', a({ kind: 'hang' }), unknown, 'not placed'],
  ['no answer once placed', a({ kind: 'hang', apply: true }), unknown, 'placed'],
  ['an answer after the deadline', a({ kind: 'latency', ms: 5_000 }), unknown, 'placed'],
  ['half a body', a({ kind: 'half-body' }), unknown, 'placed'],
  ['cut JSON', a({ kind: 'bad-json' }), unknown, 'placed'],
  ['a slow drip', a({ kind: 'drip', bytesPerSecond: 30 }), unknown, 'placed'],
  ['200 with HTML', a({ kind: 'html' }), unknown, 'not placed'],
  ['200 and nothing', status(200, ''), unknown, 'not placed'],
  ['200 and null', status(200, 'null'), unknown, 'not placed'],
  ['201 and an empty list', status(201, '[]'), unknown, 'not placed'],
  ['an endless body', a({ kind: 'endless' }), unknown, 'not placed'],
  ['302', redirect(302), unknown, 'not placed'],
  ['303', redirect(303), unknown, 'not placed'],
  ['307', redirect(307), unknown, 'not placed'],
  ['308', redirect(308), unknown, 'not placed'],
];

interface Payload {
  readonly createCall: {
    readonly call: { readonly providerCallId: string } | null;
    readonly replayed: boolean;
    readonly userErrors: readonly { readonly code: string }[];
  };
}

/** Two accounts share a carrier: what is theirs there is told apart by whom it calls. */
const numberOf = (account: AccountKey) => `+1919555012${accountKeys.indexOf(account)}`;

async function create({ ask }: Product, account: AccountKey, idempotencyKey?: string) {
  const { data } = await ask<Payload>(
    createQuery,
    createVariables(account, { to: numberOf(account), idempotencyKey }),
  );
  const { call, replayed, userErrors } = data.createCall;
  return { id: call?.providerCallId, replayed, codes: userErrors.map(({ code }) => code) };
}

const isFor = (account: AccountKey) => (request: { readonly body: string }) =>
  request.body.includes(numberOf(account).slice(1));
const sentAt = ({ carrierOf }: Product, account: AccountKey) =>
  writesIn(carrierOf(account).journal).filter(isFor(account)).length;
const placedAt = ({ carrierOf }: Product, account: AccountKey) =>
  [...carrierOf(account).calls]
    .filter((call) => call.to === numberOf(account))
    .map((call) => ('callId' in call ? call.callId : call.sid));
const atEach = <T>(work: (account: AccountKey) => T | Promise<T>) => Promise.all(accountKeys.map(work));
const nothing = { id: undefined, replayed: false };

describe.concurrent('a create', () => {
  it.for(faults)('that gets %s is sent once', async ([, fault, code, effect], { expect }) =>
    withProduct({}, async (product) => {
      for (const account of accountKeys) {
        product.carrierOf(account).faults.add({ when: isFor(account), do: fault() });
      }
      expect(await atEach((account) => create(product, account))).toEqual(
        accountKeys.map(() => ({ ...nothing, codes: [code] })),
      );
      await pause(100);
      expect(await atEach((account) => sentAt(product, account))).toEqual([1, 1, 1, 1]);
      const placed = await atEach((account) => placedAt(product, account).length);
      expect(placed).toEqual(accountKeys.map(() => (effect === 'placed' ? 1 : 0)));
      expect(stranger.requests).toEqual([]);
    }),
  );

  it.for(faults)(
    'with a key that gets %s places one call, however often it is asked for',
    async ([, fault, code, effect], { expect }) =>
      withProduct({}, async (product) => {
        for (const account of accountKeys) {
          product.carrierOf(account).faults.add({ when: isFor(account), do: fault(), times: 1 });
        }
        const first = await atEach((account) => create(product, account, 'key'));
        expect(await atEach((account) => sentAt(product, account))).toEqual([1, 1, 1, 1]);
        // Bandwidth lists a call once it has left the queue.
        product.clock.advance(2_000);
        const again = await atEach((account) => create(product, account, 'key'));
        const thrice = await atEach((account) => create(product, account, 'key'));
        const sent = await atEach((account) => sentAt(product, account));
        const placed = await atEach((account) => placedAt(product, account));
        expect(sent).toEqual(accountKeys.map(() => (code === unknown ? 1 : 2)));
        expect(placed.map((calls) => calls.length)).toEqual(
          accountKeys.map(() => (effect === 'placed' || code !== unknown ? 1 : 0)),
        );
        placed.forEach(([id], i) => {
          if (id === undefined) {
            const still = { ...nothing, codes: [unknown] };
            expect([first[i], again[i], thrice[i]]).toEqual([still, still, still]);
          } else {
            expect(first[i]?.id ?? id).toBe(id);
            expect(again[i]).toEqual({ id, replayed: code === unknown, codes: [] });
            expect(thrice[i]).toEqual({ id, replayed: true, codes: [] });
          }
        });
      }),
  );
});
