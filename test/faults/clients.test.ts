import { describe, it } from 'vitest';
import { audience, createSigner, issuer, setOf, startKeyServer } from '../access/issuer.ts';
import { callId, callSid } from '../support/client-ids.ts';
import { eventually, pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { type Created, createQuery, createVariables } from '../support/new-call.ts';
import { type Product, withProduct } from '../support/product.ts';
import { openSocket, requestText } from '../support/raw-request.ts';
import { writesIn } from '../support/writes-in.ts';
import { flap, recovery } from './flapping.ts';

/** The same call for the same number. */
const numberedCall = (account: string, i: number, idempotencyKey?: string) =>
  createVariables(account, { to: `+1919555${String(i).padStart(4, '0')}`, idempotencyKey });

guard();

function connectionsOf({ app }: Product): Promise<number> {
  return new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}

describe('a thousand clients that hang up', () => {
  it('while a provider hangs leave nothing open, and the next one is served', async ({ expect }) =>
    withProduct({ limits: { headersTimeout: '90s', readDeadline: '90s' } }, async (product) => {
      const { connect, sbc } = product;
      sbc.add({});
      connect.faults.add({ do: { kind: 'hang' } });
      const sockets = await Promise.all(
        Array.from({ length: 1_000 }, (_, i) =>
          openSocket(
            product.url,
            requestText('query ($id: ID!) { call(id: $id) { status } }', {
              id: callId('connect', callSid(i)),
            }),
          ),
        ),
      );
      // No more of them than may be under way for one account; what cannot wait either is refused.
      let refused = 0;
      for (const socket of sockets) socket.once('data', () => (refused += 1));
      expect(await eventually(() => refused === 1_000 - 64 - 256, 60_000)).toBe(true);
      expect(connect.journal.length).toBe(64);
      for (const socket of sockets) socket.destroy();
      expect(await eventually(async () => (await connectionsOf(product)) === 0, 60_000)).toBe(true);
      await pause(100);
      expect(connect.journal.length).toBe(64);
      connect.faults.clear();
      const { sid: there } = connect.add({});
      const next = await product.ask(
        `{ call(id: "${callId('connect', there)}") { status } calls { unavailable { code } } }`,
      );
      expect(next.errors).toEqual([]);
      expect(next.data).toEqual({ call: { status: 'COMPLETED' }, calls: { unavailable: [] } });
    }));

  it('in the middle of what they ask leave nothing open', async ({ expect }) =>
    withProduct({}, async (product) => {
      const whole = requestText('{ calls { nodes { id } } }');
      const sockets = await Promise.all(
        Array.from({ length: 1_000 }, (_, i) => openSocket(product.url, whole.slice(0, i % whole.length))),
      );
      for (const [i, socket] of sockets.entries()) {
        if (i % 2) socket.resetAndDestroy();
        else socket.end();
      }
      expect(await eventually(async () => (await connectionsOf(product)) === 0)).toBe(true);
      for (const socket of sockets) socket.destroy();
      expect(product.connect.journal.length).toBeLessThanOrEqual(1_000);
    }));

  // With its key a client that left may ask again, and then has its call, once: nobody need place it meanwhile.
  it('while calls are placed have none placed that was not sent by then, and none twice', async ({
    expect,
  }) =>
    withProduct({ limits: { headersTimeout: '10s', readDeadline: '10s' } }, async (product) => {
      const { connect } = product;
      connect.latency = 2_000;
      const sockets = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          openSocket(product.url, requestText(createQuery, numberedCall('connect', i, `key-${i}`))),
        ),
      );
      expect(await eventually(() => writesIn(connect.journal).length === 64, 10_000)).toBe(true);
      for (const socket of sockets) socket.destroy();
      expect(await eventually(() => connect.calls.length === 64, 10_000)).toBe(true);
      await pause(200);
      expect(writesIn(connect.journal)).toHaveLength(64);
      connect.latency = 0;
      const again = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          product.ask<Created>(createQuery, numberedCall('connect', i, `key-${i}`)),
        ),
      );
      expect(again.filter(({ code }) => code !== undefined)).toEqual([]);
      expect(again.filter(({ data }) => data.createCall.replayed)).toHaveLength(64);
      expect(writesIn(connect.journal)).toHaveLength(200);
      expect(new Set([...connect.calls].map(({ to }) => to)).size).toBe(200);
    }));

  it('at any moment have a call placed once for each key, however often it is asked again', async ({
    expect,
  }) =>
    withProduct(
      { limits: { headersTimeout: '5s', readDeadline: '5s', callsPerSecond: 400 } },
      async (product) => {
        const { bandwidth, connect } = product;
        connect.latency = 5;
        bandwidth.latency = 5;
        const keys = Array.from({ length: 120 }, (_, i) => [i % 2 ? 'connect' : 'bandwidth', i] as const);
        const place = async (account: string, i: number) => {
          const call = numberedCall(account, i, `key-${i}`);
          for (let times = 0; times < 3; times++) {
            const socket = await openSocket(product.url, requestText(createQuery, call));
            await pause((i * 7 + times * 13) % 40);
            socket.destroy();
          }
          // One that has just left may still be taking its key back.
          let answer = await product.ask(createQuery, call);
          while (answer.code === 'CONFLICT') answer = await product.ask(createQuery, call);
          return answer.code;
        };
        expect((await Promise.all(keys.map((key) => place(...key)))).filter(Boolean)).toEqual([]);
        for (const { journal, calls } of [bandwidth, connect]) {
          expect([writesIn(journal).length, calls.length]).toEqual([60, 60]);
          expect(new Set([...calls].map(({ to }) => to)).size).toBe(60);
        }
      },
    ));

  it('by asking for much and reading nothing hold up nobody', async ({ expect }) =>
    withProduct({}, async (product) => {
      for (let i = 0; i < 300; i++) product.connect.add({});
      const lazy = await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = await openSocket(product.url);
          socket.pause();
          socket.write(
            requestText(
              '{ calls(first: 300) { nodes { id from to status details { __typename } } } }',
            ).repeat(5),
          );
          return socket;
        }),
      );
      await pause(50);
      expect((await product.ask('{ accounts { key } }')).errors).toEqual([]);
      for (const socket of lazy) socket.destroy();
      expect(await eventually(async () => (await connectionsOf(product)) === 0)).toBe(true);
    }));
});

describe('a client that hangs up', () => {
  it.for([
    ['a list', '{ calls { nodes { id } } }', {}],
    ['a call to be placed', createQuery, numberedCall('connect', 1)],
  ] as const)('while its token is checked has nothing sent: %s', async ([, query, variables], { expect }) => {
    const signer = await createSigner('ES256');
    const keyServer = await startKeyServer((_, response) =>
      setTimeout(() => response.end(JSON.stringify(setOf(signer))), 300),
    );
    const jwt = { issuer, audience, algorithms: ['ES256'], jwks: keyServer.url.href };
    await withProduct({ file: { access: { jwt } }, limits: { readDeadline: '20s' } }, async (product) => {
      const authorization = `Bearer ${await signer.sign({ accounts: ['*'], may: ['write'] })}`;
      const asked = requestText(query, variables, { authorization });
      const socket = await openSocket(product.url, asked);
      expect(await eventually(() => keyServer.asked() === 1)).toBe(true);
      socket.destroy();
      await pause(500);
      for (const { journal } of [product.bandwidth, product.connect, product.sbc])
        expect([...journal]).toEqual([]);
      expect((await product.ask(query, variables, { authorization })).code).toBeUndefined();
    });
    await keyServer.close();
  });

  it.for(['bandwidth', 'connect'] as const)(
    'while its call waits its turn at %s has it not placed, and its key is free',
    async (account, { expect }) =>
      withProduct({ limits: { readDeadline: '20s', callsPerSecond: 2 } }, async (product) => {
        const { journal } = product.carrierOf(account);
        expect((await product.ask(createQuery, numberedCall(account, 0))).code).toBeUndefined();
        const sockets = await Promise.all(
          ['key', undefined, undefined].map((key) =>
            openSocket(product.url, requestText(createQuery, numberedCall(account, 1, key))),
          ),
        );
        await pause(100);
        for (const socket of sockets) socket.destroy();
        await pause(1_000);
        expect(writesIn(journal)).toHaveLength(1);
        const again = await product.ask<Created>(createQuery, numberedCall(account, 1, 'key'));
        expect([again.code, again.data.createCall.replayed]).toEqual([undefined, false]);
        expect(writesIn(journal)).toHaveLength(2);
      }),
  );

  it("while Bandwidth's token is fetched has its call not placed, and its key is free", async ({ expect }) =>
    withProduct({ limits: { headersTimeout: '5s', readDeadline: '5s' } }, async (product) => {
      const { journal, faults } = product.bandwidth;
      faults.add({ when: { path: /oauth2/ }, do: { kind: 'latency', ms: 300 } });
      const socket = await openSocket(
        product.url,
        requestText(createQuery, numberedCall('bandwidth', 1, 'key')),
      );
      expect(await eventually(() => journal.length === 1)).toBe(true);
      socket.destroy();
      await pause(500);
      expect(writesIn(journal)).toEqual([]);
      const again = await product.ask<Created>(createQuery, numberedCall('bandwidth', 1, 'key'));
      expect([again.code, again.data.createCall.replayed]).toEqual([undefined, false]);
      expect(writesIn(journal)).toHaveLength(1);
    }));

  it.for(['bandwidth', 'connect'] as const)(
    'once its call is sent to %s gets it by the same key',
    async (account, { expect }) =>
      withProduct({ limits: { headersTimeout: '5s', readDeadline: '5s' } }, async (product) => {
        const carrier = product.carrierOf(account);
        carrier.latency = 200;
        const socket = await openSocket(
          product.url,
          requestText(createQuery, numberedCall(account, 1, 'key')),
        );
        expect(await eventually(() => writesIn(carrier.journal).length === 1)).toBe(true);
        socket.destroy();
        const again = await product.ask<Created>(createQuery, numberedCall(account, 1, 'key'));
        expect([again.code, again.data.createCall.replayed]).toEqual([undefined, true]);
        expect([writesIn(carrier.journal).length, carrier.calls.length]).toEqual([1, 1]);
      }),
  );

  it('while the first of several changes is made has the next not made', async ({ expect }) =>
    withProduct({ limits: { headersTimeout: '5s', readDeadline: '5s' } }, async (product) => {
      const { connect } = product;
      const { sid: live } = connect.add({ status: 'in-progress' });
      connect.latency = 200;
      const several = `mutation ($input: CreateCallInput!, $end: UpdateCallInput!) {
        one: createCall(input: $input) { replayed } two: createCall(input: $input) { replayed }
        end: updateCall(input: $end) { userErrors { code } } }`;
      const end = { id: callId('connect', live), change: { end: 'HANG_UP' } };
      const socket = await openSocket(
        product.url,
        requestText(several, { ...numberedCall('connect', 1), end }),
      );
      expect(await eventually(() => writesIn(connect.journal).length === 1)).toBe(true);
      socket.destroy();
      await pause(600);
      expect([writesIn(connect.journal).length, connect.calls.length]).toEqual([1, 2]);
    }));
});

describe('a provider that flaps for three seconds under load', () => {
  it('places each call once at the most, and is well soon after', async ({ expect }) =>
    withProduct({}, async (product) => {
      // Half of the requests in every other tenth of a second: not so many that it is left alone for long.
      const report = await flap(product, 3_000, (time) => ({ share: Math.floor(time / 100) % 2 ? 0.5 : 0 }));
      expect([report.mostSent, report.mostPlaced]).toEqual([1, 1]);
      expect(report.sent).toBeGreaterThan(20);
      expect(report.healthy).toBeGreaterThan(20);
      expect(report.healthyFailures).toBe(0);
      for (const code of Object.keys(report.codes))
        expect(code).toMatch(/^(ok|PROVIDER_.*|OUTCOME_UNKNOWN)$/);
      expect(report.slowest).toBeLessThan(4_500);
      expect(await recovery(product, 7_000)).toBeLessThan(6_000);
    }));
});
