import { describe, it, type TestContext } from 'vitest';
import { type BandwidthCarrier, type FaultAction, startBandwidth } from '../../src/sandbox/index.ts';
import { bandwidthSettings } from '../support/carrier-accounts.ts';
import { pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { type Created, createQuery, createVariables } from '../support/new-call.ts';
import { post } from '../support/post.ts';
import { openSocket, requestText } from '../support/raw-request.ts';
import { hasOwnRedis, startRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { type RunningServer, runServer } from '../support/run-server.ts';
import { writesIn } from '../support/writes-in.ts';

guard({ time: 'real' });

const variables = createVariables('bandwidth', { idempotencyKey: 'key' });
const slowly: FaultAction = { kind: 'latency', ms: 700 };
/** Where it is slow, and how many calls come of it: while the token is fetched, nothing of the call has been sent. */
const moments = [
  ['is being placed', { path: /calls$/, placed: 1, accept: '*/*' }],
  ['is being placed by a client of streams', { path: /calls$/, placed: 1, accept: 'text/event-stream' }],
  ['has not been sent yet', { path: /oauth2/, placed: 0, accept: '*/*' }],
] as const;

/** A process on the carrier; with a store if one is named, so that another process knows what it knew. */
async function serve(
  carrier: BandwidthCarrier,
  context: TestContext,
  store?: string,
): Promise<RunningServer> {
  const server = await runServer({
    file: {
      accounts: [{ key: 'bandwidth', provider: 'bandwidth', ...bandwidthSettings(carrier) }],
      limits: { headersTimeout: '20s', readDeadline: '25s' },
      ...(store !== undefined && { store }),
    },
  });
  closeAfter(context, () => server.process.kill('SIGKILL'));
  return server;
}

/** Asks for a call, and leaves once the carrier has been asked for something there. */
async function askAndLeave(
  { url }: RunningServer,
  carrier: BandwidthCarrier,
  { path: at, accept }: (typeof moments)[number][1],
): Promise<void> {
  const socket = await openSocket(url, requestText(createQuery, variables, { accept }));
  while (!carrier.journal.some(({ path }) => at.test(path))) await pause(10);
  socket.destroy();
  await pause(100);
}

/** What a test has opened, to be closed whatever comes of it. */
function closeAfter(context: TestContext, ...opened: readonly (() => unknown)[]): void {
  for (const close of opened) context.onTestFinished(async () => void (await close()));
}

describe.concurrent('a process told to end when a client has left whose call', () => {
  it.for(moments)('%s ends with 0 after that is done', async ([, moment], context) => {
    const { path, placed } = moment;
    const { expect } = context;
    const carrier = await startBandwidth();
    closeAfter(context, carrier.close);
    carrier.faults.add({ when: { path }, do: slowly });
    const server = await serve(carrier, context);
    await askAndLeave(server, carrier, moment);
    expect(await server.stop()).toBe(0);
    expect(writesIn(carrier.journal)).toHaveLength(placed);
    // Its line is the last of what is closed.
    expect(server.output()).toContain('"operation":"mutation","errors":0');
  });

  it.skipIf(!hasOwnRedis).for(moments)(
    `%s leaves word of it to the next process ${unlessNoOwnRedis}`,
    async ([, moment], context) => {
      const { path, placed } = moment;
      const { expect } = context;
      const [carrier, redis] = await Promise.all([startBandwidth(), startRedis()]);
      closeAfter(context, carrier.close, redis.stop);
      carrier.faults.add({ when: { path }, do: slowly });
      const first = await serve(carrier, context, redis.url);
      await askAndLeave(first, carrier, moment);
      expect(await first.stop()).toBe(0);
      carrier.faults.clear();
      const second = await serve(carrier, context, redis.url);
      const again = await post<Created>(second.url, createQuery, variables);
      const [call] = [...carrier.calls];
      expect(again.data.createCall).toEqual({
        userErrors: [],
        replayed: placed === 1,
        call: expect.objectContaining({ providerCallId: call?.callId }),
      });
      // Nobody waits for the lease of the first process, which lasts longer than its deadline.
      expect(again.took).toBeLessThan(20_000);
      expect(writesIn(carrier.journal)).toHaveLength(1);
      // A change is told of by the process that has made it, and once.
      const timeline = 'query ($id: ID!) { call(id: $id) { timeline { kind source } } }';
      const { data } = await post<{ call: object }>(second.url, timeline, {
        id: again.data.createCall.call?.id,
      });
      expect(data.call).toEqual({ timeline: [{ kind: 'CREATED', source: 'COMMAND' }] });
    },
  );
});
