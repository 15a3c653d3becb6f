import { request } from 'node:http';
import { expect, it } from 'vitest';
import { startBandwidth } from '../../src/sandbox/index.ts';
import { bandwidthSettings } from '../support/carrier-accounts.ts';
import { eventually, pause } from '../support/eventually.ts';
import { guard } from '../support/guard.ts';
import { runServer } from '../support/run-server.ts';

guard({ time: 'real' });

const subscribers = 200;
const perSecond = 100;
const seconds = 10;
const secret = 'a-secret-of-the-account';
const query = 'subscription { callEvents { kind call { id providerCallId status from to } } }';

/** Calls what it is given with each call id that the stream tells of. */
function follow(url: string, onCall: (id: string) => void) {
  return new Promise<{ close(): void }>((resolve, reject) => {
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
      response.setEncoding('latin1');
      let rest = '';
      response.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const at = line.indexOf('"c-');
          if (at > 0) onCall(line.slice(at + 1, line.indexOf('"', at + 1)));
        }
      });
      resolve({ close: () => response.destroy() });
    });
    sent.on('error', reject).end(JSON.stringify({ query }));
  });
}

it('tells 200 subscribers of 100 webhooks a second, each within 100 ms (99th percentile)', async () => {
  const carrier = await startBandwidth();
  const account = {
    key: 'main',
    provider: 'bandwidth',
    webhookSecret: secret,
    ...bandwidthSettings(carrier),
  };
  const server = await runServer({ file: { accounts: [account] }, node: ['--max-semi-space-size=32'] });
  const sentAt = new Map<string, number>();
  const took: number[] = [];
  const note = (id: string) => took.push(performance.now() - (sentAt.get(id) ?? Number.NaN));
  const streams: { close(): void }[] = [];
  // One after the other: a burst would be refused as overload.
  while (streams.length < subscribers) streams.push(await follow(server.url, note));
  const address = new URL(`/webhooks/main/${secret}`, server.url);
  const count = perSecond * seconds;
  const begin = performance.now();
  for (let i = 0; i < count; i += 1) {
    await pause(Math.max(0, begin + (i * 1000) / perSecond - performance.now()));
    const callId = `c-${i}`;
    const time = new Date().toISOString();
    const body = {
      ...{ eventType: 'initiate', eventTime: time, startTime: time, callId, direction: 'inbound' },
      ...{ accountId: carrier.accountId, from: '+19195550100', to: '+19195550101' },
    };
    sentAt.set(callId, performance.now());
    void fetch(address, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }
  const rate = count / ((performance.now() - begin) / 1000);
  expect(await eventually(() => took.length === count * subscribers, 30_000)).toBe(true);
  for (const stream of streams) stream.close();
  await server.stop();
  await carrier.close();
  took.sort((a, b) => a - b);
  const percentile = (share: number) => Number(took[Math.ceil(share * took.length) - 1]?.toFixed(1));
  console.table([
    { events: took.length, rate: Math.round(rate), p50: percentile(0.5), p99: percentile(0.99) },
  ]);
  expect(percentile(0.5)).toBeLessThan(20);
  expect(percentile(0.99)).toBeLessThan(100);
});
