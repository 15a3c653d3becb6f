import { hash } from 'node:crypto';
import { once } from 'node:events';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type StreamServer, startStreamServer } from '../../support/stream-server.ts';

let server: StreamServer;
beforeAll(async () => {
  const keys = [{ name: 'reader', sha256: hash('sha256', 'a-key'), accounts: ['alpha'], may: ['read'] }];
  server = await startStreamServer({
    file: { access: { keys }, cors: { origins: ['https://app.example.com'] } },
  });
});
afterAll(() => server.close());

const query =
  'subscription ($after: String) { callEvents(after: $after) { cursor kind call { providerCallId } } }';
const protocol = 'graphql-transport-ws';

function clientWith(connectionParams: Record<string, unknown>): Client {
  const client = createClient({
    url: server.webSocketUrl,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams,
  });
  onTestFinished(() => void client.dispose());
  return client;
}

/** A socket without a library, for what a library does not do. */
async function openSocket(headers: Record<string, string> = {}) {
  const socket = new WebSocket(server.webSocketUrl, protocol, { headers });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  return {
    socket,
    messages,
    send: (message: object) => socket.send(JSON.stringify(message)),
    closed: once(socket, 'close') as Promise<[number, Buffer]>,
  };
}

describe('a WebSocket', () => {
  it('carries several subscriptions, with the key in its parameters', async () => {
    const client = clientWith({ authorization: 'Bearer a-key' });
    const [one, other] = [client.iterate({ query }), client.iterate({ query })];
    const results = [one.next(), other.next()];
    await expect.poll(() => server.streams.size).toBe(2);
    await server.tell({ providerCallId: 'b1', status: 'RINGING' }, 'beta');
    await server.tell({ providerCallId: 'w1', status: 'RINGING' });
    const expected = { cursor: expect.any(String), kind: 'CREATED', call: { providerCallId: 'w1' } };
    for (const result of await Promise.all(results)) {
      expect(result.value).toEqual({ data: { callEvents: expected } });
    }
    await one.return?.();
    await expect.poll(() => server.streams.size).toBe(1);
    expect(server.logged('subscription ended').at(-1)).toMatchObject({
      reason: 'client',
      events: 1,
      caller: 'key:reader',
    });
  });

  it('is closed with 4403 without a valid key', async () => {
    const client = clientWith({ 'x-api-key': 'another' });
    await expect(client.iterate({ query }).next()).rejects.toMatchObject({ code: 4403 });
  });

  it('answers queries, refuses mutations, and tells what is wrong with an operation', async () => {
    const client = clientWith({ 'X-API-Key': 'a-key' });
    const ask = async (text: string) => (await client.iterate({ query: text }).next()).value;
    expect(await ask('{ accounts { key } }')).toEqual({ data: { accounts: [{ key: 'alpha' }] } });
    await expect(ask('mutation { __typename }')).rejects.toMatchObject([
      { message: 'Mutations are sent by POST.' },
    ]);
    await expect(ask('{ nothing }')).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  it.each([
    ['of another origin', { origin: 'https://evil.example' }, 403],
    ['of an origin that CORS allows', { origin: 'https://app.example.com' }, 101],
  ])('is opened for pages by their origin: %s', async (_, headers, status) => {
    const socket = new WebSocket(server.webSocketUrl, protocol, { headers });
    onTestFinished(() => socket.terminate());
    const code = await new Promise((resolve) => {
      socket.once('upgrade', () => resolve(101));
      socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
      socket.once('error', () => undefined);
    });
    expect(code).toBe(status);
  });

  it('has no more than 100 operations, and no message beyond 64 KiB', async () => {
    const { messages, send, closed } = await openSocket({ 'x-api-key': 'a-key' });
    send({ type: 'connection_init' });
    await expect.poll(() => messages).toContainEqual({ type: 'connection_ack' });
    for (let i = 0; i < 101; i += 1) send({ type: 'subscribe', id: `${i}`, payload: { query } });
    const refused = () => messages.find(({ type }) => type === 'error');
    await expect.poll(refused).toMatchObject({ payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect(messages.filter(({ type }) => type === 'error')).toHaveLength(1);
    send({ type: 'ping', payload: { text: 'x'.repeat(70_000) } });
    expect((await closed)[0]).toBe(1009);
    await expect.poll(() => server.streams.size).toBe(0);
  });

  it('is closed with 4400 for a message that is nested too deep', async () => {
    const { socket, closed } = await openSocket();
    socket.send(`{"type":"ping","payload":{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`);
    expect((await closed)[0]).toBe(4400);
  });

  it('is not read while its client does not read the answers', async () => {
    const { socket, messages, send } = await openSocket();
    socket.pause();
    const ofServer = [...server.app.websocketServer.clients].at(-1);
    for (let i = 0; i < 200; i += 1) send({ type: 'ping', payload: { text: 'x'.repeat(60_000) } });
    await expect.poll(() => ofServer?.isPaused).toBe(true);
    expect(ofServer?.bufferedAmount).toBeLessThan(1_000_000);
    socket.resume();
    await expect.poll(() => messages.length).toBe(200);
  });
});
