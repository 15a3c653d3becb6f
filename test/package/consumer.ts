import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallsApi } from 'calls-graphql';
import { createAdapterFactory, type ProviderDefinition, z } from 'calls-graphql/adapter';
import { startSandbox } from 'calls-graphql/sandbox';
import { createBackend as createExpress } from './examples/express-mount.ts';
import { createBackend as createFastify } from './examples/fastify-mount.ts';
import { createGateway } from './examples/stitching.ts';

export type { Contracted } from 'calls-graphql/contract';

const body = JSON.stringify({ query: '{ accounts(first: 1) { key } }'.replace('(first: 1)', '') });

async function ask(of: string, url: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const { data } = (await response.json()) as { data: { accounts: unknown[] } };
  console.log(JSON.stringify({ of, data: { accounts: data.accounts.slice(0, 1) } }));
}

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

const fastify = await createFastify(new Map([['abc', 'user-1']]));
await ask('fastify', `${await fastify.listen({ port: 0 })}/calls`, { cookie: 'session=abc' });
await fastify.close();

const { app, calls } = await createExpress();
const express = app.listen(0);
await ask('express', `http://127.0.0.1:${portOf(express)}/calls`);
express.closeAllConnections();
express.close();
await calls.close();

const sandbox = await startSandbox({ seed: 7, calls: 10 });
const [bandwidth] = sandbox.accounts;
const acme: ProviderDefinition = {
  provider: 'ACME',
  typeDefs: `extend enum Provider { ACME } type AcmeCallDetails { note: String } extend union CallDetails = AcmeCallDetails`,
  ...createAdapterFactory(z.strictObject({ token: z.string() }), () => {
    throw new Error('There is no account of Acme.');
  }),
};
const api = await createCallsApi({ accounts: [bandwidth as never], access: 'open', adapters: [acme] });
const http = createServer(api.listener).listen(0);
await ask('http', `http://127.0.0.1:${portOf(http)}/`);
http.closeAllConnections();
http.close();
const caller = { id: 'me', accounts: ['*'], may: ['read'] } as const;
const { data } = await api.execute({ query: '{ accounts { key } }', caller });
if (!api.typeDefs.includes('ACME')) throw new Error('The schema has no provider of its own.');
console.log(JSON.stringify({ of: 'adapter', data }));
await api.close();
await sandbox.close();
await (await createGateway()).close();
process.exit();
