import { buildConnector, Client, type Dispatcher, Pool } from 'undici';
import type { ServerAddress } from '../runtime/request-observer.ts';
import { HttpFailure } from './http-failure.ts';
import { observeRequest, type RequestTelemetry } from './observe-request.ts';
import { type HttpResponse, ResponseReader } from './response-reader.ts';
import { userAgent } from './user-agent.ts';
import type { Waiter } from './waiter.ts';

/** Limits of each request of an `HttpClient`. Times in milliseconds, sizes in bytes. */
export interface HttpLimits extends RequestTelemetry {
  readonly connectTimeout: number;
  readonly headersTimeout: number;
  /** From requesting a connection to the last byte of the response. */
  readonly readDeadline: number;
  readonly maxBodyBytes: number;
}

/** A request to the base URL of an `HttpClient`. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path and query below the base URL, starting with `/`; encoded by the caller. */
  readonly path: string;
  /** The same path without its query and with names in place of ids, for metrics and traces. */
  readonly template?: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** Whether a GET uses a connection of its own, as every POST and PUT does. */
  readonly ownConnection?: boolean;
}

/** Sent with every request. No compression, since `ResponseReader` does not decompress. */
const ownHeaders = { 'accept-encoding': 'identity', 'user-agent': userAgent };

/**
 * Sends requests to one base URL. Each call of `request` writes at most one request to a socket: nothing
 * here retries, follows a redirect, or decompresses.
 *
 * A GET uses pooled keep-alive connections. A server may close such a connection while the next request is
 * being written to it, and then it is unknown whether the server has read that request (RFC 9112, section
 * 9.3.1). A GET can be repeated. A POST or PUT cannot, so each opens a new connection and closes it
 * afterwards. This costs two round trips (TCP, TLS), which is little for a call that rings for seconds. A
 * shorter keep-alive timeout is no substitute, since the server's own timeout is unknown.
 */
export class HttpClient {
  readonly #origin: string;
  readonly #server: ServerAddress;
  readonly #basePath: string;
  readonly #limits: HttpLimits;
  readonly #options: Client.Options;
  readonly #pool: Pool;
  /** One promise for each single-request connection that is not yet closed. */
  readonly #closing = new Set<Promise<void>>();

  constructor(baseUrl: string, limits: HttpLimits) {
    const { origin, pathname, hostname, port, protocol } = new URL(baseUrl);
    this.#origin = origin;
    this.#server = { address: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
    this.#basePath = pathname.replace(/\/+$/, '');
    this.#limits = limits;
    const { connectTimeout, headersTimeout } = limits;
    // Shared by all connections, so that TLS sessions are resumed across them.
    const connect = buildConnector({ timeout: connectTimeout });
    this.#options = { connect, headersTimeout, bodyTimeout: headersTimeout };
    // No pipelining: undici writes pipelined requests again after a reset.
    this.#pool = new Pool(origin, { ...this.#options, connections: 64, pipelining: 1 });
  }

  /**
   * Resolves with a response of any status.
   *
   * @throws HttpFailure when there is no complete response
   */
  request(request: HttpRequest, waiter: Waiter): Promise<HttpResponse> {
    const isObserved = waiter.span !== undefined || this.#limits.observer !== undefined;
    if (!isObserved || waiter.signal.aborted) return this.#send(request, waiter);
    return observeRequest(request, waiter, this.#server, this.#limits, (...given) => this.#send(...given));
  }

  /** Waits for active requests, then closes the connections. */
  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), ...this.#closing]);
  }

  #send({ method, path, headers, body, ownConnection }: HttpRequest, waiter: Waiter): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      if (waiter.signal.aborted) return reject(new HttpFailure('aborted', false, waiter.signal.reason));
      waiter.requests += 1;
      const reader = new ResponseReader(waiter, this.#limits, resolve, reject);
      const options = {
        method,
        path: this.#basePath + path,
        headers: { ...headers, ...ownHeaders },
        body: body ?? null,
      };
      if (method === 'GET' && ownConnection !== true) this.#pool.dispatch(options, reader);
      else this.#dispatchOnNewConnection(options, reader);
    });
  }

  /** Sends one request over a new connection, with `Connection: close`. */
  #dispatchOnNewConnection(options: Dispatcher.DispatchOptions, reader: ResponseReader): void {
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
