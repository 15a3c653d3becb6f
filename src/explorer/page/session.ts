/**
 * State of the page, shared by all tabs and kept in memory only. The API key must not be anywhere else: GraphiQL's
 * headers editor would write it to the browser's storage with the history.
 */
export class Session {
  readonly server: ServerFacts;
  apiKey = '';
  #figures: ResponseFigures | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(server: ServerFacts) {
    this.server = server;
  }

  get figures(): ResponseFigures | undefined {
    return this.#figures;
  }

  set figures(figures: ResponseFigures | undefined) {
    this.#figures = figures;
    for (const listener of this.#listeners) listener();
  }

  /** For React's `useSyncExternalStore`: returns a function that unsubscribes. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Request headers. The API accepts both keys and tokens as bearer tokens. */
  get headers(): Record<string, string> {
    return this.apiKey === '' ? {} : { authorization: `Bearer ${this.apiKey}` };
  }
}

/** The content of /explorer/server.json. */
export interface ServerFacts {
  readonly sandbox: boolean;
  readonly needsKey: boolean;
}

/** Figures of the last response. */
export interface ResponseFigures {
  /** HTTP status code. */
  readonly status: number;
  /** From the request to the last byte of the response, in whole milliseconds. */
  readonly milliseconds: number;
  /** Size of the decompressed body. */
  readonly bytes: number;
}
