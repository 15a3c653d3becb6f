import { NetworkError } from 'graphql-sse';
import { createSseClient } from './create-sse-client.ts';
import { reconnectDelay } from './reconnect-delay.ts';
import type { Session } from './session.ts';
import { wait } from './wait.ts';

/** Milliseconds without a byte, heartbeats included, after which a connection counts as lost. */
const silence = 40_000;

export type StreamPhase = 'connecting' | 'open' | 'cut';

export interface StreamState {
  readonly phase: StreamPhase;
  /** When the server was last heard, in milliseconds since 1970; undefined before the first time. */
  readonly heardAt: number | undefined;
  /** When it was last opened again after a cut; undefined if it never was. */
  readonly reopenedAt: number | undefined;
}

interface Request {
  readonly query?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

interface Sink {
  next(result: { data?: Record<string, unknown> | null }): void;
}

/**
 * The one stream of events of the page, by server-sent events (graphql-sse). It goes on behind its last event when the
 * connection is lost: the client's own attempts would begin anew and lose what happened in between.
 */
export class EventStream {
  readonly #session: Session;
  #state: StreamState = { phase: 'connecting', heardAt: undefined, reopenedAt: undefined };
  #cursor: string | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #gapListeners = new Set<() => void>();

  constructor(session: Session) {
    this.#session = session;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls the listener when events are lost, so that what has been read of calls has to be read again. */
  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }

  getState = (): StreamState => this.#state;

  /** For urql's `subscriptionExchange`. */
  forward = (request: Request) => ({
    subscribe: (sink: Sink) => {
      const ending = new AbortController();
      void this.#run(request, sink, ending.signal);
      return { unsubscribe: () => ending.abort() };
    },
  });

  async #run(request: Request, sink: Sink, signal: AbortSignal): Promise<void> {
    let attempt = 0;
    if (this.#cursor === undefined) this.#become('connecting');
    while (!signal.aborted) {
      const next = (result: Parameters<Sink['next']>[0]) => {
        if (result.data) attempt = 0;
        this.#take(result);
        sink.next(result);
      };
      const error = await this.#connect(request, next, signal);
      if (signal.aborted) return;
      if (statusOf(error) === 401) return this.#session.refuse();
      // The server does not know the cursor, as after a change of its version.
      if (statusOf(error) === 400) this.#cursor = undefined;
      this.#become('cut');
      attempt += 1;
      await wait(reconnectDelay(attempt), signal);
    }
  }

  /** One connection; resolves with what ended it. */
  #connect(request: Request, next: Sink['next'], signal: AbortSignal): Promise<unknown> {
    const { query = '', variables } = request;
    return new Promise((resolve) => {
      const client = createSseClient({
        headers: () => this.#session.headers,
        onOpen: () => this.#open(),
        // A heartbeat changes nothing but the time.
        onBytes: () => this.#become(this.#state.phase),
      });
      const timer = setInterval(() => {
        if (Date.now() - (this.#state.heardAt ?? Date.now()) > silence) end(undefined);
      }, 5_000);
      const end = (reason: unknown) => {
        clearInterval(timer);
        signal.removeEventListener('abort', end);
        client.dispose();
        resolve(reason);
      };
      signal.addEventListener('abort', end);
      client.subscribe(
        { query, variables: { ...variables, after: this.#cursor } },
        { next, error: end, complete: () => end(undefined) },
      );
    });
  }

  #open(): void {
    const wasCut = this.#state.phase === 'cut';
    this.#become('open', wasCut ? Date.now() : this.#state.reopenedAt);
    // Without a cursor the stream begins now, and what happened since the list was read is lost.
    if (wasCut && this.#cursor === undefined) this.#tellGap();
  }

  #take({ data }: { data?: Record<string, unknown> | null }): void {
    const event = data?.callEvents as { cursor?: string; kind?: string } | undefined;
    this.#cursor = event?.cursor ?? this.#cursor;
    if (event?.kind === 'GAP') this.#tellGap();
  }

  #tellGap(): void {
    for (const listener of this.#gapListeners) listener();
  }

  #become(phase: StreamPhase, reopenedAt = this.#state.reopenedAt): void {
    const heardAt = phase === 'open' ? Date.now() : this.#state.heardAt;
    const isNews = phase !== this.#state.phase;
    this.#state = { phase, heardAt, reopenedAt };
    if (isNews) for (const listener of this.#listeners) listener();
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof NetworkError ? (error.response as Response | undefined)?.status : undefined;
}
