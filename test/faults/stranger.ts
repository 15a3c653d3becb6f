import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server that keeps what it is asked, and says what the test has it say. */
export interface Stranger {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly requests: Seen[];
  close(): Promise<void>;
}

export type Speak = (response: ServerResponse, request: Seen, message: IncomingMessage) => void;

/** Without words of its own it is somebody whom nobody should talk to. */
export async function startStranger(speak: Speak = (response) => response.end('{}')): Promise<Stranger> {
  const requests: Seen[] = [];
  const server = createServer((message, response) => {
    response.on('error', () => response.destroy());
    message.on('error', () => response.destroy());
    message.resume().on('end', () => {
      const { method = '', url = '', headers } = message;
      const seen = { method, url, headers };
      requests.push(seen);
      speak(response, seen, message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
