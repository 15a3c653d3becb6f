import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { HttpClient, type HttpLimits, type HttpRequest } from '../../src/upstream/http-client.ts';
import { HttpFailure } from '../../src/upstream/http-failure.ts';
import type { HttpResponse } from '../../src/upstream/response-reader.ts';
import { someOperation } from '../support/some-call.ts';

/** What is done once a whole request has arrived, the n-th of all and of its connection, from 1. */
export type Behaviour = (socket: Socket, request: string, nth: number, nthHere: number) => void;

/** A server that knows just enough of HTTP/1.1 to tell where a request ends. */
export async function listen(behaviour: Behaviour) {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let text = '';
    let here = 0;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = endOf(text); end > 0; end = endOf(text)) {
        const request = text.slice(0, end);
        text = text.slice(end);
        here += 1;
        requests.push(request);
        behaviour(socket, request, requests.length, here);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(async () => {
    await close();
  });
  const { port } = server.address() as AddressInfo;
  const onConnection = (act: (socket: Socket) => void) => server.on('connection', act);
  return { address: `127.0.0.1:${port}`, requests, sockets, close, onConnection };
}

/** How long the first request in `text` is; 0 while it is not whole. */
function endOf(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  const end = head + 4 + length;
  return text.length >= end ? end : 0;
}

export function answer(body: string, head = 'HTTP/1.1 200 OK'): string {
  return `${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const patient: HttpLimits = {
  connectTimeout: 2_000,
  headersTimeout: 5_000,
  readDeadline: 5_000,
  maxBodyBytes: 1_000,
};

/** A client that is closed after the test. */
export function open(baseUrl: string, limits: Partial<HttpLimits> = {}): HttpClient {
  const client = new HttpClient(baseUrl, { ...patient, ...limits });
  onTestFinished(() => client.close().catch(() => undefined));
  return client;
}

const usual = { path: '/calls', headers: { 'content-type': 'text/plain' } };

/** A POST of a little text, but for what is said otherwise; a GET has no body. */
export function send(
  client: HttpClient,
  { method = 'POST', ...rest }: Partial<HttpRequest> = {},
  signal?: AbortSignal,
): Promise<HttpResponse> {
  const body = method === 'GET' ? {} : { body: 'x' };
  return client.request({ method, ...usual, ...body, ...rest }, someOperation(signal));
}

/** Why there was no answer, and whether the request was sent. */
export async function failureOf(sending: Promise<HttpResponse>): Promise<[string, boolean] | HttpResponse> {
  return sending.catch((error: unknown) => {
    if (error instanceof HttpFailure) return [error.kind, error.sent] as [string, boolean];
    throw error;
  });
}

/** Until a connection whose answer has come is ready for the next request, which takes undici a turn. */
export async function freed(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
