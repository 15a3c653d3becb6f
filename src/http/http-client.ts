import { Pool } from 'undici';
import { AnswerReader, type HttpAnswer } from './answer-reader.ts';
import { HttpFailure } from './http-failure.ts';
import type { Waiter } from './waiter.ts';

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
}

/**
 * Requests to one base URL over pooled connections. Each call of `request` writes at most one request
 * to a socket: nothing here retries, follows a redirect, or decompresses.
 */
export class HttpClient {
  readonly #pool: Pool;
  readonly #basePath: string;
  readonly #limits: HttpLimits;

  constructor(baseUrl: string, limits: HttpLimits) {
    const { origin, pathname } = new URL(baseUrl);
    this.#basePath = pathname.replace(/\/+$/, '');
    this.#limits = limits;
    const { connectTimeout, headersTimeout } = limits;
    // One request per connection at a time: pipelined ones could be written again after a reset.
    this.#pool = new Pool(origin, {
      connections: 64,
      pipelining: 1,
      connect: { timeout: connectTimeout },
      headersTimeout,
      bodyTimeout: headersTimeout,
    });
  }

  /** @throws HttpFailure when there is no whole answer; any status is an answer. */
  request({ method, path, headers, body }: HttpRequest, waiter: Waiter): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      if (waiter.signal.aborted) return reject(new HttpFailure('aborted', false, waiter.signal.reason));
      waiter.requests += 1;
      const reader = new AnswerReader(waiter, this.#limits, resolve, reject);
      this.#pool.dispatch({ method, path: this.#basePath + path, headers, body: body ?? null }, reader);
    });
  }

  /** Waits for requests under way, then closes the connections. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
