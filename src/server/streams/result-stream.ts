import type { GraphQLFormattedError } from 'graphql';
import { rateLimited, unauthenticated } from '../../access/refusal.ts';
import type { CallEvent } from '../../calls/events/call-event.ts';
import type { ExecuteEvent } from './execute-events.ts';

/** Why a stream ended. */
export type StreamEnd =
  | 'complete'
  | 'client'
  | 'shutdown'
  | 'slow reader'
  | 'access'
  | 'rate limit'
  | 'error';

/** A result as it is sent. */
export interface StreamResult {
  /** The execution result as JSON. */
  readonly text: string;
  /** The cursor of its event; undefined for what is not an event. */
  readonly id?: string | undefined;
}

/**
 * The results of one subscription, one by one: each event is taken from its source when the client can take its result,
 * so that nothing is queued for a client that reads slowly. An error that ends the stream is its last result.
 */
export class ResultStream {
  readonly #options: ResultStreamOptions;
  readonly #began = performance.now();
  #end: StreamEnd | undefined;
  #lastWords: StreamResult | undefined;
  /** Points that the caller has not paid yet, less than one. */
  #owed = 0;
  #events = 0;
  #requests = 0;

  constructor(options: ResultStreamOptions) {
    this.#options = options;
  }

  /** Called when it has ended, which a client that does not read will not notice. */
  onEnd: () => void = () => undefined;

  /** Undefined until it ends. */
  get endedBy(): StreamEnd | undefined {
    return this.#end;
  }

  /** The next result; undefined at the end. Call it again only once it has resolved. Never rejects. */
  async next(): Promise<StreamResult | undefined> {
    const { source, execute, pointsPerEvent } = this.#options;
    this.#checkAccess();
    try {
      const { value: event, done } = this.#end ? ended : await source.next();
      if (done === true) this.end('complete');
      // The event may have been waited for for long.
      else this.#checkAccess();
      if (this.#end !== undefined || event === undefined) return this.#takeLastWords();
      const { text, requests } = await execute(event);
      this.#events += 1;
      this.#requests += requests;
      this.#options.onEvent?.(event);
      this.#charge(pointsPerEvent + requests);
      return { text, id: event.cursor };
    } catch (error) {
      this.end('error', error);
      return this.#takeLastWords();
    }
  }

  /** Ends it, the first time only: its source too, even if a result is waited for. */
  end(by: StreamEnd, error?: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = by;
    if (error !== undefined) {
      this.#lastWords = { text: JSON.stringify({ errors: [this.#options.toFormattedError(error)] }) };
    }
    this.#options.onEnd({
      reason: by,
      events: this.#events,
      milliseconds: Math.round(performance.now() - this.#began),
      providerRequests: this.#requests,
    });
    this.onEnd();
  }

  /**
   * Call it at each beat, whether the client reads or not. Ends the stream if the caller may no longer have it.
   *
   * @param seconds since the last beat
   */
  async beat(seconds: number): Promise<void> {
    this.#charge((seconds * pointsPerMinute) / 60);
    if (!(await this.#options.isStillAllowed())) this.end('access', unauthenticated());
    this.#checkAccess();
  }

  #checkAccess(): void {
    const { expiresAt, waitFor, now = Date.now } = this.#options;
    if (expiresAt !== undefined && now() >= expiresAt) this.end('access', unauthenticated());
    const wait = waitFor();
    if (wait > 0) this.end('rate limit', rateLimited(wait));
  }

  #charge(points: number): void {
    this.#owed += points;
    const whole = Math.floor(this.#owed);
    this.#owed -= whole;
    if (whole > 0) this.#options.charge(whole);
  }

  #takeLastWords(): StreamResult | undefined {
    const words = this.#lastWords;
    this.#lastWords = undefined;
    return words;
  }
}

const ended = { value: undefined, done: true } as const;
/** What an open stream costs. */
const pointsPerMinute = 1;

/** What a stream was, for the log. */
export interface StreamSummary {
  readonly reason: StreamEnd;
  /** Events sent. */
  readonly events: number;
  readonly milliseconds: number;
  readonly providerRequests: number;
}

export interface ResultStreamOptions {
  readonly source: Pick<AsyncIterator<CallEvent, undefined>, 'next'>;
  readonly execute: ExecuteEvent;
  readonly pointsPerEvent: number;
  /** When the credentials of the caller expire, in milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  readonly now?: () => number;
  /** Whether the credentials still stand for the same caller with the same rights. */
  isStillAllowed(): boolean | Promise<boolean>;
  /** Seconds until the caller has points again. */
  waitFor(): number;
  charge(points: number): void;
  /** Called when the result of an event is to be sent. */
  onEvent?(event: CallEvent): void;
  toFormattedError(error: unknown): GraphQLFormattedError;
  /** Called once. Has to end the source. */
  onEnd(summary: StreamSummary): void;
}
