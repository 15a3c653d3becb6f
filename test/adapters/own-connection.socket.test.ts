import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import type { CallsAdapter } from '../../src/calls/calls-adapter.ts';
import { readConfig } from '../../src/config/config.ts';
import { startBandwidth, startConnect, startSbc } from '../../src/sandbox/index.ts';
import { accountsOn } from '../support/carrier-accounts.ts';
import { aNewCall } from '../support/new-call.ts';
import { someOperation } from '../support/some-call.ts';

/**
 * Stands between adapter and carrier, and closes a connection the moment that a second request arrives on it,
 * which the carrier never sees.
 */
async function closingProxy(url: string): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const carrier = connect(Number(port), hostname);
    let hasAnswered = false;
    for (const one of [socket, carrier]) sockets.push(one.on('error', () => undefined));
    socket.on('data', (chunk) => (hasAnswered ? socket.destroy() : carrier.write(chunk)));
    carrier.on('data', (chunk) => {
      hasAnswered = true;
      socket.write(chunk);
    });
    socket.on('close', () => carrier.destroy());
    carrier.on('end', () => socket.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}${pathname}`;
}

/** The adapters of all accounts, each behind such a server. */
async function open(): Promise<CallsAdapter[]> {
  const carriers = [await startBandwidth(), await startConnect(), await startSbc({ create: true })] as const;
  const [bandwidth, connected, sbc] = carriers;
  const accounts = accountsOn({
    bandwidth: {
      ...bandwidth,
      baseUrl: await closingProxy(bandwidth.baseUrl),
      tokenUrl: await closingProxy(bandwidth.tokenUrl),
    },
    connect: { ...connected, baseUrl: await closingProxy(connected.baseUrl) },
    sbc: { ...sbc, baseUrl: await closingProxy(sbc.baseUrl) },
  });
  const config = readConfig(registry, { accounts, limits: { callsPerSecond: 1_000 } }, {});
  const adapters = config.accounts.map(({ factory, settings, entry }) => factory.create(settings, entry));
  onTestFinished(async () => {
    await Promise.all([...adapters, ...carriers].map((each) => each.close()));
  });
  return adapters;
}

describe('a provider that closes kept-alive connections at the moment of a request', () => {
  it('leaves no create and no change unknown', async () => {
    for (const adapter of await open()) {
      const ids: string[] = [];
      for (let i = 0; i < 80; i += 1) {
        const read = { order: 'NEWEST_FIRST', filter: {}, size: 5, budget: 2 } as const;
        // Leaves a connection that is kept alive.
        if (i % 10 === 0) await adapter.page(read, someOperation());
        ids.push((await adapter.create(aNewCall(), someOperation())).providerCallId);
      }
      expect(new Set(ids).size, adapter.account.key).toBe(80);
      if (!adapter.account.capabilities.includes('HANG_UP_CALL')) continue;
      for (const id of ids.slice(-10)) await adapter.end(id, 'HANG_UP', someOperation());
    }
  });
});
