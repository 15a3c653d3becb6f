import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One webhook as an application received it. */
export interface ReceivedWebhook {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What an application answers: 204 by default; nothing at all with `silent`. */
export interface WebhookReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly chunked?: boolean;
  readonly silent?: boolean;
  /** The connection is reset. */
  readonly reset?: boolean;
}

export type Answer = (webhook: ReceivedWebhook, count: number) => WebhookReply | undefined;

/** An application on a loopback socket, gone after the test. `count` of an answer starts at 1. */
export async function startReceiver(answer: Answer = () => undefined) {
  const received: ReceivedWebhook[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((message, response) => {
    let body = '';
    message.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    message.on('error', () => {});
    message.on('end', () => {
      const { method = '', url = '', headers } = message;
      const webhook = { method, url, path: url.split('?')[0] ?? '', headers, body };
      received.push(webhook);
      reply(response, answer(webhook, received.length) ?? {});
      for (const check of waiting) check();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** Resolves when so many webhooks have arrived in all. */
    arrived: (count: number) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (received.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

function reply(response: ServerResponse, { status = 204, headers = {}, body, ...how }: WebhookReply): void {
  if (how.reset === true) response.socket?.resetAndDestroy();
  if (how.reset === true || how.silent === true) return;
  const length =
    body === undefined || how.chunked === true ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...length, ...headers });
  response.end(body);
}

/** An answer with a document. */
export function xml(body: string, status = 200): WebhookReply {
  return { status, headers: { 'content-type': 'application/xml; charset=utf-8' }, body };
}
