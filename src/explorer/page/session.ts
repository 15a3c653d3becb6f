/** What the server says of itself under /explorer/server.json. */
export interface ServerFacts {
  readonly sandbox: boolean;
  readonly needsKey: boolean;
}

/** What the last operation's answer was like. */
export interface AnswerFigures {
  /** HTTP status code. */
  readonly status: number;
  /** From sending to the last byte, in whole milliseconds. */
  readonly milliseconds: number;
  /** Of the body, decompressed. */
  readonly bytes: number;
}

/**
 * What one visit holds in memory, for all tabs, and no longer than the page is open. The API key is here and
 * nowhere else: GraphiQL's own headers editor would write it into the browser's storage with its history.
 */
export class Session {
  readonly server: ServerFacts;
  apiKey = '';
  #figures: AnswerFigures | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(server: ServerFacts) {
    this.server = server;
  }

  get figures(): AnswerFigures | undefined {
    return this.#figures;
  }

  set figures(figures: AnswerFigures | undefined) {
    this.#figures = figures;
    for (const listener of this.#listeners) listener();
  }

  /** As `useSyncExternalStore` of React wants it: returns what ends the subscription. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Headers of a request; a key is taken as a bearer token as well as under `X-API-Key`. */
  get headers(): Record<string, string> {
    return this.apiKey === '' ? {} : { authorization: `Bearer ${this.apiKey}` };
  }
}
