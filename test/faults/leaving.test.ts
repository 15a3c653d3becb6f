import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { describe, it, type TestContext } from 'vitest';
import { type BandwidthCarrier, type FaultAction, startBandwidth } from '../../src/sandbox/index.ts';
import { hasOwnRedis, startRedis, unlessNoOwnRedis } from '../store/redis-server.ts';
import { accountId, pause, post } from './ask.ts';
import { type Running, run } from './running.ts';
import { guard, writesIn } from './stage.ts';

guard({ time: 'real' });

const create = `mutation ($input: CreateCallInput!) {
  createCall(input: $input) { userErrors { code } replayed call { providerCallId } }
}`;
const newCall = {
  input: {
    accountId: accountId('bandwidth'),
    from: '+19195550100',
    to: '+19195550123',
    answerUrl: 'https://example.com/',
    idempotencyKey: 'key',
  },
};
const slowly: FaultAction = { kind: 'latency', ms: 700 };
/** Where it is slow, and how many calls come of it: while the token is fetched, nothing of the call has been sent. */
const moments = [
  ['is being placed', { path: /calls$/, placed: 1 }],
  ['has not been sent yet', { path: /oauth2/, placed: 0 }],
] as const;

/** A process on the carrier; with a store if one is named, so that another process knows what it knew. */
async function serve(carrier: BandwidthCarrier, context: TestContext, store?: string): Promise<Running> {
  const { accountId, applicationId, baseUrl, tokenUrl, clientId, clientSecret } = carrier;
  const auth = { clientId, clientSecret };
  const ids = { key: 'bandwidth', provider: 'bandwidth', accountId, applicationId };
  const server = await run({
    accounts: [{ ...ids, baseUrl, tokenUrl, auth }],
    limits: { headersTimeout: '20s', readDeadline: '25s' },
    ...(store !== undefined && { store }),
  });
  closeAfter(context, () => server.process.kill('SIGKILL'));
  return server;
}

/** Asks for a call, and leaves once the carrier has been asked for something there. */
async function askAndLeave({ url }: Running, carrier: BandwidthCarrier, at: RegExp): Promise<void> {
  const socket = connectSocket(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  const body = JSON.stringify({ query: create, variables: newCall });
  const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.write(`${head}\r\n\r\n${body}`);
  while (!carrier.journal.some(({ path }) => at.test(path))) await pause(10);
  socket.destroy();
  await pause(100);
}

/** What a test has opened, to be closed whatever comes of it. */
function closeAfter(context: TestContext, ...opened: readonly (() => unknown)[]): void {
  for (const close of opened) context.onTestFinished(async () => void (await close()));
}

describe.concurrent('a process told to end when a client has left whose call', () => {
  it.for(moments)('%s ends with 0 after that is done', async ([, { path, placed }], context) => {
    const { expect } = context;
    const carrier = await startBandwidth();
    closeAfter(context, carrier.close);
    carrier.faults.add({ when: { path }, do: slowly });
    const server = await serve(carrier, context);
    await askAndLeave(server, carrier, path);
    expect(await server.stop()).toBe(0);
    expect(writesIn(carrier.journal)).toHaveLength(placed);
    // Its line is the last of what is let go of.
    expect(server.output()).toContain('"operation":"mutation","errors":0');
  });

  it.skipIf(!hasOwnRedis).for(moments)(
    `%s leaves word of it to the next process ${unlessNoOwnRedis}`,
    async ([, { path, placed }], context) => {
      const { expect } = context;
      const [carrier, redis] = await Promise.all([startBandwidth(), startRedis()]);
      closeAfter(context, carrier.close, redis.stop);
      carrier.faults.add({ when: { path }, do: slowly });
      const first = await serve(carrier, context, redis.url);
      await askAndLeave(first, carrier, path);
      expect(await first.stop()).toBe(0);
      carrier.faults.clear();
      const second = await serve(carrier, context, redis.url);
      const again = await post<{ createCall: object }>(second.url, create, newCall);
      const [call] = [...carrier.calls];
      expect(again.data.createCall).toEqual({
        userErrors: [],
        replayed: placed === 1,
        call: { providerCallId: call?.callId },
      });
      // Nobody waits for the lease of the first process, which lasts longer than its deadline.
      expect(again.took).toBeLessThan(20_000);
      expect(writesIn(carrier.journal)).toHaveLength(1);
    },
  );
});
