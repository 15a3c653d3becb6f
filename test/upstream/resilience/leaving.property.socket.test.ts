import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WriteOperation } from '../../../src/calls/placing/write-operation.ts';
import { Cancellation } from '../../../src/runtime/cancellation.ts';
import { HttpClient } from '../../../src/upstream/http-client.ts';
import { ProviderClient } from '../../../src/upstream/provider-client.ts';
import { pause } from '../../support/eventually.ts';
import { runs } from '../../support/runs.ts';
import { someOperation } from '../../support/some-call.ts';
import { endOf } from './scripted.ts';

const limits = { connectTimeout: 5_000, headersTimeout: 5_000, readDeadline: 5_000, maxBodyBytes: 10_000 };
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** When the client leaves, or the deadline passes. */
type Moment = 'before' | 'never' | 'when it arrives' | { readonly turns: number } | { readonly ms: number };

const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.constantFrom<Moment[]>('before', 'never', 'when it arrives'),
  // Turns of the event loop: connecting and writing take but a few.
  fc.record({ turns: fc.nat({ max: 12 }) }),
  fc.record({ ms: fc.nat({ max: 25 }) }),
);

const write = fc.record({
  startsAt: fc.nat({ max: 8 }),
  leaves: moment,
  ends: fc.oneof({ weight: 3, arbitrary: fc.constant<Moment>('never') }, { weight: 1, arbitrary: moment }),
  /** Milliseconds to the answer, or a connection that breaks instead. */
  answer: fc.oneof(fc.nat({ max: 6 }), fc.constantFrom('reset' as const, 'end' as const)),
});

const settings = fc.record({
  maxConcurrent: fc.integer({ min: 1, max: 4 }),
  callsPerSecond: fc.constantFrom(undefined, 200, 1_000),
  /** The n-th connection is broken at once, from 1. */
  broken: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
});

type Written = typeof write extends fc.Arbitrary<infer T> ? T : never;

/** A provider that counts what arrives, and does with each what its number says. */
async function serve(writes: readonly Written[], broken: readonly number[], onArrival: (i: number) => void) {
  const arrived = writes.map(() => 0);
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    if (broken.includes(sockets.push(socket))) socket.resetAndDestroy();
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const i = Number(/^POST \/calls\/(\d+) /.exec(chunk.toString('latin1'))?.[1]);
      arrived[i] = (arrived[i] ?? 0) + 1;
      onArrival(i);
      const answer = writes[i]?.answer ?? 0;
      if (answer === 'reset') socket.resetAndDestroy();
      else if (answer === 'end') socket.end();
      else setTimeout(() => socket.destroyed || socket.write(ok), answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    return once(server, 'close');
  };
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived, close };
}

async function at(moment: Moment, act: () => void): Promise<void> {
  if (typeof moment === 'string') return;
  if ('ms' in moment) await pause(moment.ms);
  else for (let turn = 0; turn < moment.turns; turn++) await new Promise(setImmediate);
  act();
}

it('a write that is told to be unsent is not on the wire, whenever its client leaves', async () => {
  let [unsent, deserted] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { minLength: 1, maxLength: 12 }),
      settings,
      async (writes, { broken, ...options }) => {
        const clients = writes.map(() => ({ signal: new Cancellation(), deadline: new Cancellation() }));
        const leave = (i: number) => clients[i]?.signal.abort('left');
        const end = (i: number) => {
          leave(i);
          clients[i]?.deadline.abort('too late');
        };
        const atOnce = (when: Moment, i: number) => {
          if (writes[i]?.leaves === when) leave(i);
          if (writes[i]?.ends === when) end(i);
        };
        const provider = await serve(writes, broken, (i) => atOnce('when it arrives', i));
        const http = new ProviderClient(new HttpClient(provider.base, limits), limits, {
          backoff: { base: 2, longest: 8 },
          breaker: { failures: Number.POSITIVE_INFINITY },
          ...options,
        });
        const ends = await Promise.all(
          writes.map(async ({ startsAt, leaves, ends }, i) => {
            await pause(startsAt);
            atOnce('before', i);
            const operation = new WriteOperation({ ...someOperation(), ...clients[i] });
            const path = `/calls/${i}`;
            const request = { method: 'POST', path, headers: {}, body: 'x', paced: true } as const;
            const sending = endOf(http.request(request, operation));
            const [said] = await Promise.all([sending, at(leaves, () => leave(i)), at(ends, () => end(i))]);
            return said;
          }),
        );
        await http.close();
        await pause(5);
        await provider.close();
        ends.forEach((said, i) => {
          const { leaves, ends, answer } = writes[i] as Written;
          const arrived = provider.arrived[i] as number;
          const told = `${i}: ${said}, arrived ${arrived} times`;
          expect(arrived, told).toBeLessThanOrEqual(1);
          if (/not sent/.test(String(said))) expect(arrived, told).toBe(0);
          if (said === 200) expect(arrived, told).toBe(1);
          if (leaves === 'before' || ends === 'before') expect(said, told).toBe('aborted, not sent');
          // What has arrived is heard of to its end, whether or not somebody still waits for it.
          const isHeard = arrived === 1 && ends === 'never' && typeof answer === 'number';
          if (isHeard) expect(said, told).toBe(200);
          if (/not sent/.test(String(said))) unsent += 1;
          if (isHeard && leaves === 'when it arrives') deserted += 1;
        });
      },
    ),
    { numRuns: runs(50), interruptAfterTimeLimit: 30_000 },
  );
  // Both sides of the moment have been met.
  expect(unsent).toBeGreaterThan(10);
  expect(deserted).toBeGreaterThan(5);
}, 60_000);
