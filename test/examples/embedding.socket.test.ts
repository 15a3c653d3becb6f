import type { AddressInfo } from 'node:net';
import { graphql } from 'graphql';
import { afterAll, expect, it } from 'vitest';
import { post, send } from '../support/post.ts';
import { createBackend as createExpress } from './express-mount.ts';
import { createBackend as createFastify } from './fastify-mount.ts';
import { close, POST } from './route-handler.ts';
import { createGateway } from './stitching.ts';

const query = '{ accounts { key } }';
const all = { accounts: [{ key: 'bandwidth-sandbox' }, { key: 'connect-sandbox' }, { key: 'sbc-sandbox' }] };

afterAll(close);

it('Fastify: calls beside routes of its own, for who has a session', async () => {
  const app = await createFastify(new Map([['abc', 'user-1']]));
  const url = await app.listen({ port: 0 });
  expect((await send(`${url}/hello`)).text).toBe('{"hello":"world"}');
  expect((await post(`${url}/calls`, query)).status).toBe(401);
  const { data } = await post(`${url}/calls`, query, {}, { cookie: 'session=abc' });
  expect(data).toEqual({ accounts: [{ key: 'bandwidth-sandbox' }] });
  await app.close();
});

it('Express: calls beside routes of its own', async () => {
  const { app, calls } = await createExpress();
  const server = app.listen(0);
  const { port } = server.address() as AddressInfo;
  expect((await send(`http://127.0.0.1:${port}/hello`)).text).toBe('{"hello":"world"}');
  expect((await post(`http://127.0.0.1:${port}/calls`, query)).data).toEqual(all);
  server.closeAllConnections();
  server.close();
  await calls.close();
});

it('a route handler: one response for one request', async () => {
  const init = { method: 'POST', body: JSON.stringify({ query }) };
  expect((await POST(new Request('http://localhost/api/calls', init))).status).toBe(401);
  const response = await POST(
    new Request('http://localhost/api/calls', { ...init, headers: { 'x-user': 'user-1' } }),
  );
  expect(await response.json()).toEqual({ data: all });
});

it('stitching: one operation over calls and customers', async () => {
  const { schema, close: closeGateway } = await createGateway();
  const contextValue = { caller: { id: 'user-1', accounts: ['*'], may: ['read'] } };
  const source = `{ customer(id: "7") { number } ${query.slice(1, -1)} }`;
  expect(await graphql({ schema, source, contextValue })).toEqual({
    data: { customer: { number: '+19195551234' }, ...all },
  });
  const place = `mutation { createCall(input: { accountId: "x", from: "+1", to: "+1", answerUrl: "https://example.com" }) { call { id } userErrors { code } } }`;
  const { data } = await graphql({ schema, source: place, contextValue });
  expect(data).toMatchObject({ createCall: { call: null, userErrors: [{ code: 'INVALID_INPUT' }] } });
  await closeGateway();
});
