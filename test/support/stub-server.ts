import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server that records what it is asked, and answers what a test says. */
export interface StubServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

export type Respond = (response: ServerResponse, request: SeenRequest, message: IncomingMessage) => void;

/** @param respond is called once a whole request has arrived; by default the answer is an empty JSON object */
export async function startStubServer(
  respond: Respond = (response) => response.end('{}'),
): Promise<StubServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((message, response) => {
    response.on('error', () => response.destroy());
    message.on('error', () => response.destroy());
    message.resume().on('end', () => {
      const { method = '', url = '', headers } = message;
      const seen = { method, url, headers };
      requests.push(seen);
      respond(response, seen, message);
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
