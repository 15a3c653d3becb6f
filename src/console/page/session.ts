/**
 * What the page knows of its server and its user. The API key is nowhere else: no storage of the browser has it, and
 * it is forgotten when the page closes.
 */
export class Session {
  readonly server: ServerFacts;
  #apiKey = '';
  #refused = false;
  readonly #listeners = new Set<() => void>();

  constructor(server: ServerFacts) {
    this.server = server;
  }

  /** For React's `useSyncExternalStore`: returns a function that unsubscribes. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `open` once operations can be sent. */
  get state(): 'open' | 'key-needed' | 'key-refused' {
    if (this.#refused) return 'key-refused';
    return this.server.needsKey && this.#apiKey === '' ? 'key-needed' : 'open';
  }

  get apiKey(): string {
    return this.#apiKey;
  }

  set apiKey(apiKey: string) {
    this.#apiKey = apiKey;
    this.#refused = false;
    this.#tell();
  }

  /** The server does not accept the key, or no longer. */
  refuse(): void {
    this.#apiKey = '';
    this.#refused = true;
    this.#tell();
  }

  /** Request headers. The API accepts both keys and tokens as bearer tokens. */
  get headers(): Record<string, string> {
    return this.#apiKey === '' ? {} : { authorization: `Bearer ${this.#apiKey}` };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** What the server has written into the page. */
export interface ServerFacts {
  /** Whether all carriers are emulated, so that no call is real. */
  readonly sandbox: boolean;
  readonly needsKey: boolean;
}
