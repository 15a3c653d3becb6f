import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where metrics are served, and what they are. */
interface MetricsServerOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly metrics: Scraped;
  /** Whether a request with this `Host` is answered; all are by default. */
  readonly isHost?: (host: string | undefined) => boolean;
}

interface Scraped {
  readonly contentType: string;
  read(): Promise<string>;
  close(): void;
}

/** Serves `GET /metrics` on a port of its own, which need not be reachable by clients of the API. */
export class MetricsServer {
  readonly host: string;
  #port: number;
  readonly #server;
  readonly #metrics: Scraped;

  constructor({ host, port, metrics, isHost = () => true }: MetricsServerOptions) {
    this.host = host;
    this.#port = port;
    this.#metrics = metrics;
    this.#server = createServer((request, response) => {
      if (!isHost(request.headers.host)) response.writeHead(421).end();
      else void respond(request, response, metrics);
    });
  }

  /** The port that it listens on, once it does. */
  get port(): number {
    return this.#port;
  }

  /** Rejects if the address cannot be listened on. */
  async listen(): Promise<void> {
    this.#server.listen(this.#port, this.host);
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Closes the port, and cuts off scrapes. */
  async close(): Promise<void> {
    this.#metrics.close();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

async function respond({ method, url = '' }: IncomingMessage, response: ServerResponse, metrics: Scraped) {
  response.setHeader('cache-control', 'no-store');
  if (url.split('?', 1)[0] !== '/metrics') {
    response.writeHead(404).end();
  } else if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
  } else {
    const text = await metrics.read().catch(() => undefined);
    if (text === undefined) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
  }
}
