import type { IncomingMessage } from 'node:http';

/** The requests received, oldest first. Of very many the oldest are forgotten. */
export interface Journal extends ReadonlyArray<Received> {
  clear(): void;
}

/** One request as a carrier received it. */
export interface Received {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** The encoded query with its question mark, or an empty string. */
  readonly search: string;
  /** The decoded query; for a repeated name its first value. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The time of the carrier's clock, in milliseconds since the epoch. */
  readonly at: number;
}

/** Requests that are kept, so that a sandbox can run for days. */
const KEPT_LIMIT = 20_000;

/** Creates the journal of one carrier. */
export function createJournal(): { journal: Journal; write(request: Received): void } {
  const entries: Received[] = [];
  const journal: Journal = Object.assign(entries, {
    clear() {
      entries.length = 0;
    },
  });
  Object.defineProperty(journal, 'clear', { enumerable: false });
  return {
    journal,
    write(request) {
      entries.push(request);
      if (entries.length > KEPT_LIMIT) entries.splice(0, KEPT_LIMIT / 4);
    },
  };
}

/** Converts a request whose body has been read. */
export function toReceived(message: IncomingMessage, body: string, at: number): Received {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const search = mark === -1 ? '' : url.slice(mark);
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(search)) query[name] ??= value;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: message.method ?? 'GET',
    path: mark === -1 ? url : url.slice(0, mark),
    search,
    query: { ...query },
    headers,
    body,
    at,
  };
}
