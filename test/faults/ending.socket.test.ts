import { describe, it } from 'vitest';
import { startConnect } from '../../src/sandbox/index.ts';
import { connectSettings } from '../support/carrier-accounts.ts';
import { callId, callSid } from '../support/client-ids.ts';
import { eventually, pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { post } from '../support/post.ts';
import { openSocket, requestText } from '../support/raw-request.ts';
import { type RunningServer, runServer } from '../support/run-server.ts';
import { writesIn } from '../support/writes-in.ts';

// The process is another, and goes by the real time.
guard({ time: 'real' });

describe.concurrent('a process that is told to end', () => {
  async function onProcess(
    play: (server: RunningServer, carrier: Awaited<ReturnType<typeof startConnect>>) => Promise<void>,
    limits = { headersTimeout: '20s', readDeadline: '25s' },
  ): Promise<void> {
    const carrier = await startConnect();
    const server = await runServer({
      file: { accounts: [{ key: 'connect', provider: 'restcomm', ...connectSettings(carrier) }], limits },
      env: { LOG_LEVEL: 'error' },
    });
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
          post(server.url, `{ call(id: "${callId('connect', callSid(i))}") { status } }`),
        );
        const create = post(server.url, createQuery, createVariables('connect', { idempotencyKey: 'key' }));
        await eventually(() => carrier.journal.length === 21);
        server.process.kill(signal);
        expect((await Promise.all(reads)).map(({ errors }) => errors)).toEqual(reads.map(() => []));
        expect((await create).code).toBeUndefined();
        expect(writesIn(carrier.journal)).toHaveLength(1);
        expect(await server.ended).toBe(0);
        expect(server.output()).not.toMatch(/UnhandledPromise|unhandled|Error/);
      }),
  );

  it('takes no more, and says so', async ({ expect }) =>
    onProcess(async (server, carrier) => {
      carrier.latency = 600;
      const reading = post(server.url, '{ calls { nodes { id } } }');
      await eventually(() => carrier.journal.length > 0);
      server.process.kill('SIGTERM');
      await pause(100);
      const late = await post(server.url, createQuery, createVariables('connect')).catch(
        ({ code }: { code: string }) => code,
      );
      if (late !== 'ECONNREFUSED') expect(late).toMatchObject({ status: 503 });
      expect((await reading).errors).toEqual([]);
      expect(await server.ended).toBe(0);
      expect(writesIn(carrier.journal)).toEqual([]);
    }));

  it('while a provider hangs ends by the deadline', async ({ expect }) =>
    onProcess(
      async (server, carrier) => {
        carrier.faults.add({ do: { kind: 'hang' } });
        const read = post(server.url, `{ call(id: "${callId('connect', callSid(1))}") { status } }`);
        const create = post(server.url, createQuery, createVariables('connect', { idempotencyKey: 'key' }));
        await eventually(() => carrier.journal.length === 2);
        server.process.kill('SIGTERM');
        expect([(await read).code, (await create).code]).toEqual(['PROVIDER_TIMEOUT', 'OUTCOME_UNKNOWN']);
        expect(await server.ended).toBe(0);
        expect(writesIn(carrier.journal)).toHaveLength(1);
      },
      { headersTimeout: '3s', readDeadline: '3s' },
    ));

  it('is not kept by connections on which nothing, half a head or half a body was sent', async ({ expect }) =>
    onProcess(async (server) => {
      const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\n';
      const body = 'content-type: application/json\r\ncontent-length: 99\r\n\r\n{';
      const sockets = await Promise.all(['', head, head + body].map((text) => openSocket(server.url, text)));
      await pause(100);
      // Whoever still holds it half a minute later is cut off, and the exit code is 1.
      expect(await server.stop()).toBe(0);
      for (const socket of sockets) socket.destroy();
    }));

  it('is not kept by a client that has left, nor by its deadline', async ({ expect }) =>
    onProcess(async (server, carrier) => {
      carrier.faults.add({ do: { kind: 'hang' } });
      const sockets = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          openSocket(server.url, requestText(`{ call(id: "${callId('connect', callSid(i))}") { status } }`)),
        ),
      );
      await eventually(() => carrier.journal.length === 50);
      for (const socket of sockets) socket.destroy();
      await pause(100);
      const began = performance.now();
      expect(await server.stop()).toBe(0);
      expect(performance.now() - began).toBeLessThan(20_000);
    }));
});
