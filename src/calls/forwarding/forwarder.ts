import type { StatusHook, StatusTarget } from '../events/status-hooks.ts';

/** Milliseconds to wait after each attempt that has failed. After the last one, a webhook is given up. */
const defaultDelays = [1_000, 5_000, 30_000, 120_000, 600_000];
/** Bytes of all that waits. */
const defaultMaxBytes = 16 * 1024 * 1024;
/** Bytes that a webhook takes besides its body and query. */
const overhead = 1_024;
/** Requests at a time. */
const maxActive = 32;

/** A webhook to send on, as it came. */
export interface Forward {
  readonly method: 'GET' | 'POST';
  readonly contentType: string | undefined;
  readonly body: Buffer;
  /** Without the question mark. */
  readonly query: string;
}

/** A request as it is sent. */
interface OutgoingRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

export interface ForwarderOptions {
  /** Sends one request. Resolves with the status of the response; rejects when there is none. */
  readonly send: (request: OutgoingRequest) => Promise<number>;
  /** Called for each webhook that is not delivered: there was no room, or all attempts failed. */
  readonly onLoss: () => void;
  readonly delays?: readonly number[];
  readonly maxBytes?: number;
}

interface Queue {
  readonly target: StatusTarget;
  readonly forwards: Forward[];
  /** Attempts at the first of them. */
  attempts: number;
}

/**
 * Sends webhooks on to the `statusUrl` of their calls: those of a call in the order in which they came, each until it is
 * answered, at least once. An answer of 4xx is one, but for 408 and 429; what else fails is tried six times within 13
 * minutes. What waits is in memory, and is lost when the process ends.
 */
export class Forwarder {
  readonly #options: ForwarderOptions;
  /** By the id of the hook. */
  readonly #queues = new Map<string, Queue>();
  readonly #ready: string[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #bytes = 0;
  #active = 0;

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  add({ id, target }: StatusHook, forward: Forward): void {
    if (target === undefined) return;
    if (this.#bytes + sizeOf(forward) > (this.#options.maxBytes ?? defaultMaxBytes)) {
      this.#options.onLoss();
      return;
    }
    this.#bytes += sizeOf(forward);
    const queue = this.#queues.get(id);
    if (queue === undefined) {
      this.#queues.set(id, { target, forwards: [forward], attempts: 0 });
      this.#makeReady(id);
    } else queue.forwards.push(forward);
  }

  /** Ends all waiting. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { forwards } of this.#queues.values()) forwards.forEach(this.#options.onLoss);
    this.#queues.clear();
  }

  #makeReady(id: string): void {
    this.#ready.push(id);
    this.#sendReady();
  }

  #sendReady(): void {
    while (this.#active < maxActive && this.#ready.length > 0) {
      void this.#sendFirst(this.#ready.shift() as string);
    }
  }

  async #sendFirst(id: string): Promise<void> {
    const queue = this.#queues.get(id);
    const forward = queue?.forwards[0];
    if (queue === undefined || forward === undefined) return;
    this.#active += 1;
    queue.attempts += 1;
    const isAnswered = await this.#options.send(toRequest(queue.target, forward)).then(isFinal, () => false);
    this.#active -= 1;
    const delay = (this.#options.delays ?? defaultDelays)[queue.attempts - 1];
    if (!isAnswered && delay !== undefined) this.#retry(id, delay);
    else this.#remove(id, queue, forward, isAnswered);
  }

  #retry(id: string, delay: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#makeReady(id);
    }, delay).unref();
    this.#timers.add(timer);
    this.#sendReady();
  }

  #remove(id: string, queue: Queue, forward: Forward, isAnswered: boolean): void {
    if (!this.#queues.has(id)) return;
    if (!isAnswered) this.#options.onLoss();
    this.#bytes -= sizeOf(forward);
    queue.forwards.shift();
    queue.attempts = 0;
    if (queue.forwards.length === 0) this.#queues.delete(id);
    this.#makeReady(id);
  }
}

function isFinal(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429;
}

function sizeOf({ body, query }: Forward): number {
  return body.length + query.length + overhead;
}

/** The provider's own method, body and query, to the URL of the client, with its credentials. */
function toRequest({ url, username, password }: StatusTarget, forward: Forward): OutgoingRequest {
  const { method, contentType, body, query } = forward;
  const target = new URL(url);
  if (query !== '') target.search = target.search === '' ? query : `${target.search}&${query}`;
  target.hash = '';
  const hasBody = method === 'POST';
  return {
    url: target.href,
    method,
    headers: {
      ...(hasBody && contentType !== undefined && { 'content-type': contentType }),
      ...(username !== undefined && {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      }),
    },
    body: hasBody ? body : undefined,
  };
}
