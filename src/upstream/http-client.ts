import { buildConnector, Client, type Dispatcher, Pool } from 'undici';
import { AnswerReader, type HttpAnswer } from './answer-reader.ts';
import { HttpFailure } from './http-failure.ts';
import type { Waiter } from './resilience/waiter.ts';
import { userAgent } from './user-agent.ts';

/** Times in milliseconds, sizes in bytes. */
export interface HttpLimits {
  readonly connectTimeout: number;
  readonly headersTimeout: number;
  /** For one request, from asking for a connection to the last byte of the answer. */
  readonly readDeadline: number;
  readonly maxBodyBytes: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** What follows the base URL, starting with `/`, with its query; encoded by the caller. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** Whether a GET has a connection of its own, as every POST and PUT has. */
  readonly ownConnection?: boolean;
}

/** Sent with every request. Answers are read as they are: see `AnswerReader`. */
const ownHeaders = { 'accept-encoding': 'identity', 'user-agent': userAgent };

/**
 * Requests to one base URL. Each call of `request` writes at most one request to a socket: nothing here
 * retries, follows a redirect, or decompresses.
 *
 * A GET goes over pooled connections that are kept alive. A server may close such a connection just when the
 * next request is written to it, and then nothing shows whether it has read that request (RFC 9112, section
 * 9.3.1). A GET can be repeated. A POST or PUT cannot, so each has a new connection, which is closed after it.
 * This costs two round trips (TCP, TLS), where a call rings for seconds. A shorter keep-alive time is no
 * substitute: the server's own is unknown, and HTTP/1.1 cannot ask whether the other side is still there.
 */
export class HttpClient {
  readonly #origin: string;
  readonly #basePath: string;
  readonly #limits: HttpLimits;
  readonly #options: Client.Options;
  readonly #pool: Pool;
  /** Of each connection that has one request, until it is closed. */
  readonly #closing = new Set<Promise<void>>();

  constructor(baseUrl: string, limits: HttpLimits) {
    const { origin, pathname } = new URL(baseUrl);
    this.#origin = origin;
    this.#basePath = pathname.replace(/\/+$/, '');
    this.#limits = limits;
    const { connectTimeout, headersTimeout } = limits;
    // One for all connections, so that TLS sessions are resumed whichever connection they began on.
    const connect = buildConnector({ timeout: connectTimeout });
    this.#options = { connect, headersTimeout, bodyTimeout: headersTimeout };
    // One request per connection at a time: pipelined ones could be written again after a reset.
    this.#pool = new Pool(origin, { ...this.#options, connections: 64, pipelining: 1 });
  }

  /** @throws HttpFailure when there is no whole answer; any status is an answer. */
  request({ method, path, headers, body, ownConnection }: HttpRequest, waiter: Waiter): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      if (waiter.signal.aborted) return reject(new HttpFailure('aborted', false, waiter.signal.reason));
      waiter.requests += 1;
      const reader = new AnswerReader(waiter, this.#limits, resolve, reject);
      const options = {
        method,
        path: this.#basePath + path,
        headers: { ...headers, ...ownHeaders },
        body: body ?? null,
      };
      if (method === 'GET' && ownConnection !== true) this.#pool.dispatch(options, reader);
      else this.#dispatchAlone(options, reader);
    });
  }

  /** Waits for requests under way, then closes the connections. */
  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), ...this.#closing]);
  }

  /** Over a connection that is opened for this request and says `Connection: close`. */
  #dispatchAlone(options: Dispatcher.DispatchOptions, reader: AnswerReader): void {
    if (this.#pool.closed) {
      this.#pool.dispatch(options, reader);
      return;
    }
    const client = new Client(this.#origin, { ...this.#options, pipelining: 0 });
    client.dispatch(options, reader);
    const closing = client.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
