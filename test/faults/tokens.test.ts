import { describe, it } from 'vitest';
import type { FaultAction } from '../../src/sandbox/index.ts';
import { callId } from '../support/client-ids.ts';
import { pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { type Product, withProduct } from '../support/product.ts';
import { startStubServer } from '../support/stub-server.ts';
import { writesIn } from '../support/writes-in.ts';

guard();

const says = (body: unknown, status = 200): FaultAction => ({
  kind: 'status',
  status,
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const unavailable = 'PROVIDER_UNAVAILABLE';
const misbehaved = 'PROVIDER_MISBEHAVED';

/** What the token endpoint does, and what is said of a call that was to be read or placed. */
const faults: [name: string, fault: FaultAction, code: string][] = [
  ['400', says({ error: 'invalid_client' }, 400), 'PROVIDER_UNAUTHENTICATED'],
  ['401', says('', 401), 'PROVIDER_UNAUTHENTICATED'],
  ['403', says('', 403), 'PROVIDER_FORBIDDEN'],
  ['429', says('', 429), 'RATE_LIMITED'],
  ['500', says('<html>', 500), unavailable],
  ['503', says('', 503), unavailable],
  ['a reset', { kind: 'reset' }, unavailable],
  ['half a body', { kind: 'half-body' }, unavailable],
  ['no answer', { kind: 'hang' }, 'PROVIDER_TIMEOUT'],
  ['an answer after the deadline', { kind: 'latency', ms: 5_000 }, 'PROVIDER_TIMEOUT'],
  ['a slow drip', { kind: 'drip', bytesPerSecond: 20 }, 'PROVIDER_TIMEOUT'],
  ['cut JSON', { kind: 'bad-json' }, misbehaved],
  ['HTML', { kind: 'html' }, misbehaved],
  ['an endless body', { kind: 'endless' }, misbehaved],
  ['no token', says({ token_type: 'Bearer', expires_in: 3600 }), misbehaved],
  ['a token that is null', says({ access_token: null }), misbehaved],
  ['a token that is a number', says({ access_token: 7 }), misbehaved],
  ['an empty token', says({ access_token: '' }), misbehaved],
  ['a token with a header in it', says({ access_token: 'x\r\nX-Evil: 1' }), misbehaved],
  ['a token that is no ASCII', says({ access_token: 'tök\u0000en' }), misbehaved],
  ['a token of a megabyte', says({ access_token: 'x'.repeat(200_000) }), misbehaved],
  ['a list', says([{ access_token: 'x' }]), misbehaved],
];

const create = ({ ask }: Product) =>
  ask(createQuery, createVariables('bandwidth', { idempotencyKey: 'key' }));
const look = ({ ask }: Product, id: string) =>
  ask('query ($id: ID!) { call(id: $id) { status } }', { id: callId('bandwidth', id) });
const tokensIn = ({ bandwidth }: Product) => bandwidth.journal.filter(({ path }) => path.includes('oauth2'));

describe.concurrent('a token endpoint', () => {
  it.for(faults)(
    'that answers with %s has nothing sent, and spoils no key',
    async ([, fault, code], { expect }) =>
      withProduct({}, async (product) => {
        const { bandwidth } = product;
        const { callId: id } = bandwidth.add({});
        bandwidth.faults.add({ when: { path: /oauth2/ }, do: fault });
        const [read, placed] = await Promise.all([look(product, id), create(product)]);
        expect([read.code, placed.code]).toEqual([code, code]);
        expect(Math.max(read.took, placed.took)).toBeLessThan(4_500);
        expect(bandwidth.journal.filter(({ path }) => !path.includes('oauth2'))).toEqual([]);
        // One each at most, repeated where the connection failed.
        expect(tokensIn(product).length).toBeLessThanOrEqual(4);
        bandwidth.faults.clear();
        const [again, thenPlaced] = await Promise.all([look(product, id), create(product)]);
        expect([again.code, thenPlaced.code]).toEqual([undefined, undefined]);
        expect(writesIn(bandwidth.journal)).toHaveLength(1);
      }),
  );

  it('is asked once more when the connection fails, and only then', async ({ expect }) =>
    withProduct({}, async (product) => {
      const { bandwidth } = product;
      const faultOnce = (action: FaultAction) =>
        bandwidth.faults.add({ when: { path: /oauth2/ }, times: 1, do: action });
      faultOnce({ kind: 'status', status: 500 });
      expect((await create(product)).code).toBe('PROVIDER_UNAVAILABLE');
      expect(tokensIn(product)).toHaveLength(1);
      faultOnce({ kind: 'reset-after-apply' });
      expect((await create(product)).code).toBeUndefined();
      expect(tokensIn(product)).toHaveLength(3);
      expect(writesIn(bandwidth.journal)).toHaveLength(1);
    }));

  it('is not followed elsewhere with the client id and secret', async ({ expect }) => {
    const stranger = await startStubServer((response) => response.end('{"access_token":"x"}'));
    await withProduct({}, async (product) => {
      for (const status of [301, 302, 303, 307, 308]) {
        product.bandwidth.faults.add({
          when: { path: /oauth2/ },
          times: 1,
          do: { kind: 'redirect', status, location: `${stranger.origin}/token` },
        });
        expect((await create(product)).code).toBe(misbehaved);
      }
      expect(stranger.requests).toEqual([]);
      expect(tokensIn(product)).toHaveLength(5);
    });
    await stranger.close();
  });

  it('is asked whatever fraction of a millisecond the time for it is configured to be', async ({ expect }) =>
    withProduct({ limits: { headersTimeout: '16.1s', readDeadline: '16.1s' } }, async (product) => {
      const { callId: id } = product.bandwidth.add({});
      expect([(await look(product, id)).code, (await create(product)).code]).toEqual([undefined, undefined]);
    }));

  it('is asked once by a hundred who wait for it', async ({ expect }) =>
    withProduct({}, async (product) => {
      const { callId: id } = product.bandwidth.add({});
      product.bandwidth.faults.add({ when: { path: /oauth2/ }, do: { kind: 'latency', ms: 150 } });
      const reads = await Promise.all(Array.from({ length: 100 }, () => look(product, id)));
      expect(reads.filter(({ code }) => code !== undefined)).toEqual([]);
      expect(tokensIn(product)).toHaveLength(1);
    }));
});

describe.concurrent('expires_in', () => {
  /** Requests for a token that two reads, one after the other, may cost. */
  const lies: [told: unknown, tokens: number][] = [
    [3600, 1],
    ['3600', 1],
    [1e300, 1],
    [Number.MAX_SAFE_INTEGER, 1],
    [0, 1],
    [-1, 1],
    [null, 1],
    ['soon', 1],
    [{}, 1],
    [[1], 1],
    ['1e999', 1],
    [1e-9, 2],
  ];

  it.for(lies)('of %j does no harm', async ([told, tokens], { expect }) => {
    const carrier = await startStubServer((response, { url }) => {
      response.setHeader('content-type', 'application/json');
      if (url.includes('token')) response.end(JSON.stringify({ access_token: 'good', expires_in: told }));
      else response.end('{"callId":"c-1"}');
    });
    const account = {
      key: 'bandwidth',
      provider: 'bandwidth',
      accountId: '9900000',
      baseUrl: carrier.origin,
      tokenUrl: `${carrier.origin}/token`,
      auth: { clientId: 'id', clientSecret: 'secret' },
    };
    await withProduct({ file: { accounts: [account] } }, async (product) => {
      for (const _ of [1, 2]) expect((await look(product, 'c-1')).code).toBeUndefined();
    });
    expect(carrier.requests.filter(({ url }) => url.includes('token'))).toHaveLength(tokens);
    await carrier.close();
  });

  it('that outlives the token costs a read one more token, and a create nothing sent twice', async ({
    expect,
  }) =>
    withProduct({}, async (product) => {
      const { bandwidth } = product;
      const { callId: id } = bandwidth.add({});
      expect((await look(product, id)).code).toBeUndefined();
      bandwidth.revokeTokens();
      expect((await look(product, id)).code).toBeUndefined();
      expect(tokensIn(product)).toHaveLength(2);
      bandwidth.revokeTokens();
      expect((await create(product)).code).toBe('PROVIDER_UNAUTHENTICATED');
      expect(writesIn(bandwidth.journal)).toHaveLength(1);
      expect((await create(product)).code).toBeUndefined();
      expect([...bandwidth.calls].filter(({ to }) => to === '+19195550123')).toHaveLength(1);
    }));

  it('that no token ever meets ends in a refusal, not in a circle', async ({ expect }) =>
    withProduct({}, async (product) => {
      const { bandwidth } = product;
      bandwidth.faults.add({ when: { path: /calls/ }, do: { kind: 'status', status: 401 } });
      const read = await look(product, bandwidth.add({}).callId);
      expect(read.code).toBe('PROVIDER_UNAUTHENTICATED');
      await pause(50);
      expect(tokensIn(product)).toHaveLength(2);
      expect(bandwidth.journal).toHaveLength(4);
    }));
});
