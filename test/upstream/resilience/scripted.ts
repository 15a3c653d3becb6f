import type { HttpRequest } from '../../../src/upstream/http-client.ts';
import { HttpFailure, type HttpFailureKind } from '../../../src/upstream/http-failure.ts';
import { ProviderClient } from '../../../src/upstream/provider-client.ts';
import type { ProviderClientOptions } from '../../../src/upstream/provider-client-options.ts';
import type { ProviderRequest } from '../../../src/upstream/provider-request.ts';
import type { Requester } from '../../../src/upstream/resilience/limited-client.ts';
import type { HttpResponse } from '../../../src/upstream/response-reader.ts';
import type { Waiter } from '../../../src/upstream/waiter.ts';

/** What becomes of one request: a status, an answer, a failure, or no answer until it is given up. */
export type Step = number | HttpResponse | HttpFailure | 'hang';

export const lost = (kind: HttpFailureKind, sent = true) => new HttpFailure(kind, sent);

export function answered(status: number, headers: HttpResponse['headers'] = {}, text = ''): HttpResponse {
  return { status, headers, text };
}

/** Stands in for HttpClient: plays the steps in order, then the last one for ever. */
export class Scripted implements Requester {
  readonly made: { readonly request: HttpRequest; readonly at: number }[] = [];
  underWay = 0;
  isClosed = false;
  /** Waited for before each outcome, in milliseconds. */
  delay = 0;
  readonly #steps: Step[];

  constructor(...steps: Step[]) {
    this.#steps = steps.length === 0 ? [200] : steps;
  }

  async request(request: HttpRequest, waiter: Waiter): Promise<HttpResponse> {
    const { signal } = waiter;
    if (signal.aborted) throw new HttpFailure('aborted', false, signal.reason);
    waiter.requests += 1;
    this.made.push({ request, at: performance.now() });
    const step = this.#steps.length > 1 ? this.#steps.shift() : this.#steps[0];
    this.underWay += 1;
    try {
      await new Promise<void>((resolve, reject) => {
        const give = { handleEvent: () => reject(new HttpFailure('aborted', true, signal.reason)) };
        signal.addEventListener('abort', give, { once: true });
        if (step !== 'hang') setTimeout(resolve, this.delay);
      });
    } finally {
      this.underWay -= 1;
    }
    if (step instanceof HttpFailure) throw step;
    return typeof step === 'number' ? answered(step, {}, request.path) : (step as HttpResponse);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

export const limits = { readDeadline: 5_000, headersTimeout: 4_000 };

/** A client that waits next to nothing between attempts, but for what is said otherwise. */
export function clientOf(http: Requester, options: Partial<ProviderClientOptions> = {}): ProviderClient {
  return new ProviderClient(http, limits, { backoff: { base: 2, longest: 8 }, ...options });
}

/** Options of a client that waits for most of a second between attempts. */
export const slow = { backoff: { base: 900, longest: 900 }, random: () => 0.9 };

export const get = (path = '/calls/1', headers: Record<string, string> = {}): ProviderRequest => ({
  method: 'GET',
  path,
  headers,
});
export const post: ProviderRequest = { method: 'POST', path: '/calls', headers: {}, body: 'x' };
export const put: ProviderRequest = { method: 'PUT', path: '/calls/1/bxml', headers: {}, body: 'x' };

export interface Someone extends Waiter {
  /** Goes away. */
  leave(): void;
}

/** @param deadline milliseconds from now on; the signal fires then, too */
export function someone(deadline?: number): Someone {
  const controller = new AbortController();
  const leave = (): void => controller.abort(new Error('gone'));
  if (deadline !== undefined) setTimeout(leave, deadline).unref();
  return {
    signal: controller.signal,
    requests: 0,
    milliseconds: 0,
    leave,
    ...(deadline !== undefined && { endsAt: performance.now() + deadline }),
  };
}

/** The status, or why there is no answer: easy to compare. */
export async function endOf(answer: Promise<HttpResponse>): Promise<number | string> {
  return answer.then(
    ({ status }) => status,
    (error: unknown) => {
      if (error instanceof HttpFailure) return `${error.kind}, ${error.sent ? 'sent' : 'not sent'}`;
      throw error;
    },
  );
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
