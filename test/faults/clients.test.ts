import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { describe, it } from 'vitest';
import { startConnect } from '../../src/sandbox/index.ts';
import { audience, createSigner, issuer, setOf, startKeyServer } from '../access/issuer.ts';
import { accountId, callId, pause, post } from './ask.ts';
import { flap, recovery } from './flapping.ts';
import { type Running, run } from './running.ts';
import { guard, onStage, type Stage, writesIn } from './stage.ts';

guard();

const sid = (i: number) => `CA${String(i).padStart(32, '0')}`;
const createQuery =
  'mutation ($input: CreateCallInput!) { createCall(input: $input) { userErrors { code } replayed call { id } } }';
interface Created {
  readonly createCall: { readonly replayed: boolean };
}
const newCall = (account: string, i: number, idempotencyKey?: string) => ({
  input: {
    accountId: accountId(account),
    from: '+19195550100',
    to: `+1919555${String(i).padStart(4, '0')}`,
    answerUrl: 'https://example.com/',
    idempotencyKey,
  },
});

/** A whole request, or a part of one, on a socket of its own. */
async function dial(url: string, text = ''): Promise<Socket> {
  const { port } = new URL(url);
  const socket = connectSocket(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

function request(query: string, variables: object = {}): string {
  const body = JSON.stringify({ query, variables });
  return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function connectionsOf({ app }: Stage): Promise<number> {
  return new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}

const until = async (isSo: () => boolean | Promise<boolean>, milliseconds = 3_000) => {
  for (const end = performance.now() + milliseconds; performance.now() < end; await pause(10)) {
    if (await isSo()) return true;
  }
  return isSo();
};

describe('a thousand clients that hang up', () => {
  it('while a provider hangs leave nothing open, and the next one is served', async ({ expect }) =>
    onStage({ limits: { headersTimeout: '20s', readDeadline: '20s' } }, async (stage) => {
      const { connect, sbc } = stage;
      sbc.add({});
      connect.faults.add({ do: { kind: 'hang' } });
      const sockets = await Promise.all(
        Array.from({ length: 1_000 }, (_, i) =>
          dial(
            stage.url,
            request('query ($id: ID!) { call(id: $id) { status } }', { id: callId('connect', sid(i)) }),
          ),
        ),
      );
      // No more of them than may be under way for one account; what cannot wait either is refused.
      let refused = 0;
      for (const socket of sockets) socket.once('data', () => (refused += 1));
      expect(await until(() => refused === 1_000 - 64 - 256, 10_000)).toBe(true);
      expect(connect.journal.length).toBe(64);
      for (const socket of sockets) socket.destroy();
      expect(await until(async () => (await connectionsOf(stage)) === 0, 10_000)).toBe(true);
      await pause(100);
      expect(connect.journal.length).toBe(64);
      connect.faults.clear();
      const { sid: there } = connect.add({});
      const next = await stage.ask(
        `{ call(id: "${callId('connect', there)}") { status } calls { unavailable { code } } }`,
      );
      expect(next.errors).toEqual([]);
      expect(next.data).toEqual({ call: { status: 'COMPLETED' }, calls: { unavailable: [] } });
    }));

  it('in the middle of what they ask leave nothing open', async ({ expect }) =>
    onStage({}, async (stage) => {
      const whole = request('{ calls { nodes { id } } }');
      const sockets = await Promise.all(
        Array.from({ length: 1_000 }, (_, i) => dial(stage.url, whole.slice(0, i % whole.length))),
      );
      for (const [i, socket] of sockets.entries()) {
        if (i % 2) socket.resetAndDestroy();
        else socket.end();
      }
      expect(await until(async () => (await connectionsOf(stage)) === 0)).toBe(true);
      for (const socket of sockets) socket.destroy();
      expect(stage.connect.journal.length).toBeLessThanOrEqual(1_000);
    }));

  // With its key a client that left may ask again, and then has its call, once: nobody need place it meanwhile.
  it('while calls are placed have none placed that was not sent by then, and none twice', async ({
    expect,
  }) =>
    onStage({ limits: { headersTimeout: '10s', readDeadline: '10s' } }, async (stage) => {
      const { connect } = stage;
      connect.latency = 2_000;
      const sockets = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          dial(stage.url, request(createQuery, newCall('connect', i, `key-${i}`))),
        ),
      );
      expect(await until(() => writesIn(connect.journal).length === 64, 10_000)).toBe(true);
      for (const socket of sockets) socket.destroy();
      expect(await until(() => connect.calls.length === 64, 10_000)).toBe(true);
      await pause(200);
      expect(writesIn(connect.journal)).toHaveLength(64);
      connect.latency = 0;
      const again = await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          stage.ask<Created>(createQuery, newCall('connect', i, `key-${i}`)),
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
    onStage({ limits: { headersTimeout: '5s', readDeadline: '5s', callsPerSecond: 400 } }, async (stage) => {
      const { bandwidth, connect } = stage;
      connect.latency = 5;
      bandwidth.latency = 5;
      const keys = Array.from({ length: 120 }, (_, i) => [i % 2 ? 'connect' : 'bandwidth', i] as const);
      const place = async (account: string, i: number) => {
        const call = newCall(account, i, `key-${i}`);
        for (let times = 0; times < 3; times++) {
          const socket = await dial(stage.url, request(createQuery, call));
          await pause((i * 7 + times * 13) % 40);
          socket.destroy();
        }
        // One that has just left may still be taking its key back.
        let answer = await stage.ask(createQuery, call);
        while (answer.code === 'CONFLICT') answer = await stage.ask(createQuery, call);
        return answer.code;
      };
      expect((await Promise.all(keys.map((key) => place(...key)))).filter(Boolean)).toEqual([]);
      for (const { journal, calls } of [bandwidth, connect]) {
        expect([writesIn(journal).length, calls.length]).toEqual([60, 60]);
        expect(new Set([...calls].map(({ to }) => to)).size).toBe(60);
      }
    }));

  it('by asking for much and reading nothing hold up nobody', async ({ expect }) =>
    onStage({}, async (stage) => {
      for (let i = 0; i < 300; i++) stage.connect.add({});
      const lazy = await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = await dial(stage.url);
          socket.pause();
          socket.write(
            request('{ calls(first: 300) { nodes { id from to status details { __typename } } } }').repeat(5),
          );
          return socket;
        }),
      );
      await pause(50);
      expect((await stage.ask('{ accounts { key } }')).took).toBeLessThan(3_000);
      for (const socket of lazy) socket.destroy();
      expect(await until(async () => (await connectionsOf(stage)) === 0)).toBe(true);
    }));
});

describe('a client that hangs up', () => {
  it.for([
    ['a list', '{ calls { nodes { id } } }', {}],
    ['a call to be placed', createQuery, newCall('connect', 1)],
  ] as const)('while its token is checked has nothing sent: %s', async ([, query, variables], { expect }) => {
    const signer = await createSigner('ES256');
    const keyServer = await startKeyServer((_, response) =>
      setTimeout(() => response.end(JSON.stringify(setOf(signer))), 300),
    );
    const jwt = { issuer, audience, algorithms: ['ES256'], jwks: keyServer.url.href };
    await onStage({ file: { access: { jwt } }, limits: { readDeadline: '20s' } }, async (stage) => {
      const authorization = `Bearer ${await signer.sign({ accounts: ['*'], may: ['write'] })}`;
      const asked = request(query, variables).replace(
        'host: x',
        `host: x\r\nauthorization: ${authorization}`,
      );
      const socket = await dial(stage.url, asked);
      expect(await until(() => keyServer.asked() === 1)).toBe(true);
      socket.destroy();
      await pause(500);
      for (const { journal } of [stage.bandwidth, stage.connect, stage.sbc]) expect([...journal]).toEqual([]);
      expect((await stage.ask(query, variables, { authorization })).code).toBeUndefined();
    });
    await keyServer.close();
  });

  it.for(['bandwidth', 'connect'] as const)(
    'while its call waits its turn at %s has it not placed, and its key is free',
    async (account, { expect }) =>
      onStage({ limits: { readDeadline: '20s', callsPerSecond: 2 } }, async (stage) => {
        const { journal } = stage.carrierOf(account);
        expect((await stage.ask(createQuery, newCall(account, 0))).code).toBeUndefined();
        const sockets = await Promise.all(
          ['key', undefined, undefined].map((key) =>
            dial(stage.url, request(createQuery, newCall(account, 1, key))),
          ),
        );
        await pause(100);
        for (const socket of sockets) socket.destroy();
        await pause(1_000);
        expect(writesIn(journal)).toHaveLength(1);
        const again = await stage.ask<Created>(createQuery, newCall(account, 1, 'key'));
        expect([again.code, again.data.createCall.replayed]).toEqual([undefined, false]);
        expect(writesIn(journal)).toHaveLength(2);
      }),
  );

  it("while Bandwidth's token is fetched has its call not placed, and its key is free", async ({ expect }) =>
    onStage({ limits: { headersTimeout: '5s', readDeadline: '5s' } }, async (stage) => {
      const { journal, faults } = stage.bandwidth;
      faults.add({ when: { path: /oauth2/ }, do: { kind: 'latency', ms: 300 } });
      const socket = await dial(stage.url, request(createQuery, newCall('bandwidth', 1, 'key')));
      expect(await until(() => journal.length === 1)).toBe(true);
      socket.destroy();
      await pause(500);
      expect(writesIn(journal)).toEqual([]);
      const again = await stage.ask<Created>(createQuery, newCall('bandwidth', 1, 'key'));
      expect([again.code, again.data.createCall.replayed]).toEqual([undefined, false]);
      expect(writesIn(journal)).toHaveLength(1);
    }));

  it.for(['bandwidth', 'connect'] as const)(
    'once its call is sent to %s gets it by the same key',
    async (account, { expect }) =>
      onStage({ limits: { headersTimeout: '5s', readDeadline: '5s' } }, async (stage) => {
        const carrier = stage.carrierOf(account);
        carrier.latency = 200;
        const socket = await dial(stage.url, request(createQuery, newCall(account, 1, 'key')));
        expect(await until(() => writesIn(carrier.journal).length === 1)).toBe(true);
        socket.destroy();
        const again = await stage.ask<Created>(createQuery, newCall(account, 1, 'key'));
        expect([again.code, again.data.createCall.replayed]).toEqual([undefined, true]);
        expect([writesIn(carrier.journal).length, carrier.calls.length]).toEqual([1, 1]);
      }),
  );

  it('while the first of several changes is made has the next not made', async ({ expect }) =>
    onStage({ limits: { headersTimeout: '5s', readDeadline: '5s' } }, async (stage) => {
      const { connect } = stage;
      const { sid: live } = connect.add({ status: 'in-progress' });
      connect.latency = 200;
      const several = `mutation ($input: CreateCallInput!, $end: UpdateCallInput!) {
        one: createCall(input: $input) { replayed } two: createCall(input: $input) { replayed }
        end: updateCall(input: $end) { userErrors { code } } }`;
      const end = { id: callId('connect', live), change: { end: 'HANG_UP' } };
      const socket = await dial(stage.url, request(several, { ...newCall('connect', 1), end }));
      expect(await until(() => writesIn(connect.journal).length === 1)).toBe(true);
      socket.destroy();
      await pause(600);
      expect([writesIn(connect.journal).length, connect.calls.length]).toEqual([1, 2]);
    }));
});

describe.concurrent('a process that is told to end', () => {
  async function onProcess(
    play: (server: Running, carrier: Awaited<ReturnType<typeof startConnect>>) => Promise<void>,
  ): Promise<void> {
    const carrier = await startConnect();
    const { accountSid, authToken, baseUrl } = carrier;
    const auth = { username: accountSid, password: authToken };
    const server = await run(
      {
        accounts: [{ key: 'connect', provider: 'restcomm', accountSid, baseUrl, auth }],
        limits: { headersTimeout: '2s', readDeadline: '3s' },
      },
      { LOG_LEVEL: 'error' },
    );
    try {
      await play(server, carrier);
    } finally {
      server.process.kill('SIGKILL');
      await server.ended;
      await carrier.close();
    }
  }

  it.for(['SIGTERM', 'SIGINT'] as const)(
    'by %s answers whom it has begun to serve, then ends with 0',
    async (signal, { expect }) =>
      onProcess(async (server, carrier) => {
        carrier.latency = 500;
        const reads = Array.from({ length: 20 }, (_, i) =>
          post(server.url, `{ call(id: "${callId('connect', sid(i))}") { status } }`),
        );
        const create = post(server.url, createQuery, newCall('connect', 1, 'key'));
        await until(() => carrier.journal.length === 21);
        const began = performance.now();
        server.process.kill(signal);
        expect((await Promise.all(reads)).map(({ errors }) => errors)).toEqual(reads.map(() => []));
        expect((await create).code).toBeUndefined();
        expect(writesIn(carrier.journal)).toHaveLength(1);
        expect(await server.ended).toBe(0);
        expect(performance.now() - began).toBeLessThan(6_000);
        expect(server.output()).not.toMatch(/UnhandledPromise|unhandled|Error/);
      }),
  );

  it('takes no more, and says so', async ({ expect }) =>
    onProcess(async (server, carrier) => {
      carrier.latency = 600;
      const reading = post(server.url, '{ calls { nodes { id } } }');
      await until(() => carrier.journal.length > 0);
      server.process.kill('SIGTERM');
      await pause(100);
      const late = await post(server.url, createQuery, newCall('connect', 1)).catch(
        ({ code }: { code: string }) => code,
      );
      if (late !== 'ECONNREFUSED') expect(late).toMatchObject({ status: 503 });
      expect((await reading).errors).toEqual([]);
      expect(await server.ended).toBe(0);
      expect(writesIn(carrier.journal)).toEqual([]);
    }));

  it('while a provider hangs ends by the deadline', async ({ expect }) =>
    onProcess(async (server, carrier) => {
      carrier.faults.add({ do: { kind: 'hang' } });
      const read = post(server.url, '{ calls { nodes { id } } }');
      const create = post(server.url, createQuery, newCall('connect', 1, 'key'));
      await until(() => carrier.journal.length === 2);
      server.process.kill('SIGTERM');
      expect([(await read).code, (await create).code]).toEqual(['PROVIDER_TIMEOUT', 'OUTCOME_UNKNOWN']);
      expect(await server.ended).toBe(0);
      expect(writesIn(carrier.journal)).toHaveLength(1);
    }));

  it.for([
    ['a connection on which nothing was sent', ''],
    ['half a head', 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
    [
      'half a body',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    ],
  ] as const)('is not kept by %s', async ([, text], { expect }) =>
    onProcess(async (server) => {
      const socket = await dial(server.url, text);
      await pause(100);
      const began = performance.now();
      expect(await server.stop()).toBe(0);
      expect(performance.now() - began).toBeLessThan(6_000);
      socket.destroy();
    }),
  );

  it('is not kept by a client that has left, nor by its deadline', async ({ expect }) =>
    onProcess(async (server, carrier) => {
      carrier.faults.add({ do: { kind: 'hang' } });
      const sockets = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          dial(server.url, request(`{ call(id: "${callId('connect', sid(i))}") { status } }`)),
        ),
      );
      await until(() => carrier.journal.length === 50);
      for (const socket of sockets) socket.destroy();
      await pause(100);
      const began = performance.now();
      expect(await server.stop()).toBe(0);
      expect(performance.now() - began).toBeLessThan(2_500);
    }));
});

describe('a provider that flaps for five seconds under load', () => {
  it('places each call once at the most, and is well soon after', async ({ expect }) =>
    onStage({}, async (stage) => {
      // Half of the requests in every other tenth of a second: not so many that it is left alone for long.
      const report = await flap(stage, 5_000, (time) => ({ share: Math.floor(time / 100) % 2 ? 0.5 : 0 }));
      expect([report.mostSent, report.mostPlaced]).toEqual([1, 1]);
      expect(report.sent).toBeGreaterThan(20);
      expect(report.healthy).toBeGreaterThan(20);
      expect(report.healthyFailures).toBe(0);
      for (const code of Object.keys(report.codes))
        expect(code).toMatch(/^(ok|PROVIDER_.*|OUTCOME_UNKNOWN)$/);
      expect(report.slowest).toBeLessThan(1_700);
      expect(await recovery(stage, 7_000)).toBeLessThan(6_000);
    }));
});
