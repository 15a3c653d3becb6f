import { EventEmitter, once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { limitBodyMemory } from '../../src/server/limit-body-memory.ts';
import { startProduct } from '../support/product.ts';

const length = 1_000;
const bounds = { maxHeld: 5_000, maxLength: 2_000 };

let app: FastifyInstance;
let url = '';
/** What the requests that are being answered wait for. */
let answer: () => void = () => undefined;
const begun = new EventEmitter();
afterEach(() => app?.close());

async function start(): Promise<void> {
  app = Fastify({ forceCloseConnections: true });
  limitBodyMemory(app, bounds);
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  app.post('/', async () => 'at once');
  app.post('/stream', async (request) => {
    const stream = new Readable({ read: () => undefined });
    stream.push('begun');
    begun.emit('stream', request);
    return stream;
  });
  app.post('/later', async () => {
    begun.emit('begun');
    await answered;
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
}

interface Sending {
  readonly request: ClientRequest;
  /** The status, or `closed`. */
  readonly outcome: Promise<number | string>;
}

const json = { 'content-type': 'application/json' };

function open(headers: Record<string, string | number>, path = '/'): Sending {
  const sending = request(url + path, { method: 'POST', headers: { ...json, ...headers }, agent: false });
  const outcome = new Promise<number | string>((resolve) => {
    sending.on('response', (response: IncomingMessage) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', () => resolve('closed'));
  });
  return { request: sending, outcome };
}

/** Once the server holds it, so that they come in this order. */
async function sendHalf(headers: Record<string, string | number> = { 'content-length': length }) {
  const taken = once(app.server, 'request');
  const sending = open(headers);
  sending.request.write('"');
  await taken;
  return sending;
}

function sendWhole(path?: string): Sending {
  const sending = open({ 'content-length': length }, path);
  sending.request.end(`"${'x'.repeat(length - 2)}"`);
  return sending;
}

describe('the bodies that are held at a time', () => {
  it('are not those of requests whose answer is a stream that has begun', async () => {
    await start();
    const requests: FastifyRequest[] = [];
    begun.on('stream', (request) => requests.push(request));
    const streams = Array.from({ length: 6 }, () => sendWhole('/stream'));
    expect(await Promise.all(streams.map(({ outcome }) => outcome))).toEqual(Array(6).fill(200));
    expect(await sendWhole().outcome).toBe(200);
    expect(requests.map(({ body }) => body)).toEqual(Array(6).fill(undefined));
    begun.removeAllListeners('stream');
  });

  it('have room for others, since those that do not arrive make room, the oldest first', async () => {
    await start();
    const halves = [];
    for (let i = 0; i < 7; i += 1) halves.push(await sendHalf());
    expect(await Promise.all(halves.slice(0, 2).map(({ outcome }) => outcome))).toEqual(['closed', 'closed']);
    for (const { request } of halves.slice(2)) request.end(`${'x'.repeat(length - 2)}"`);
    const outcomes = halves.slice(2).map(({ outcome }) => outcome);
    expect(await Promise.all(outcomes)).toEqual([200, 200, 200, 200, 200]);
  });

  it('count as long as they may be when they do not say it', async () => {
    await start();
    const first = await sendHalf({ 'transfer-encoding': 'chunked' });
    const second = await sendHalf({ 'transfer-encoding': 'chunked' });
    const third = await sendHalf({ 'transfer-encoding': 'chunked' });
    expect(await first.outcome).toBe('closed');
    for (const { request } of [second, third]) request.end('"');
    expect(await Promise.all([second.outcome, third.outcome])).toEqual([200, 200]);
  });

  it('are not closed once they have arrived: the new one is refused', async () => {
    await start();
    const waiting = [];
    for (let i = 0; i < 5; i += 1) {
      const arrived = once(begun, 'begun');
      waiting.push(sendWhole('/later'));
      await arrived;
    }
    expect(await sendWhole().outcome).toBe(503);
    answer();
    expect(await Promise.all(waiting.map(({ outcome }) => outcome))).toEqual([200, 200, 200, 200, 200]);
    expect(await sendWhole().outcome).toBe(200);
  });

  it('are freed by responses and by clients that disconnect', async () => {
    await start();
    for (let i = 0; i < 20; i += 1) {
      expect(await sendWhole().outcome).toBe(200);
      const half = await sendHalf();
      half.request.destroy();
      await half.outcome;
    }
    const last = [];
    for (let i = 0; i < 5; i += 1) last.push(await sendHalf());
    for (const { request } of last) request.end(`${'x'.repeat(length - 2)}"`);
    expect(await Promise.all(last.map(({ outcome }) => outcome))).toEqual([200, 200, 200, 200, 200]);
  });

  it('are 64 MB for all connections of a server, be they of somebody known or not', async () => {
    const product = await startProduct({ sandbox: 0 });
    ({ url } = product);
    const halves = Array.from({ length: 150 }, () => open({ 'content-length': 500_000 }, ''));
    for (const { request } of halves) request.flushHeaders();
    const closed = await Promise.race(halves.map(({ outcome }) => outcome));
    expect(closed).toBe('closed');
    expect((await product.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    for (const { request } of halves) request.destroy();
    await product.close();
  });
});
