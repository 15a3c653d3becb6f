import { isDeepStrictEqual } from 'node:util';
import type { AccessSettings } from '../config/access-settings.ts';
import { type Authenticate, createAuthenticator, type OnIssuerChange } from './authenticate.ts';

/** Authenticates by rules that may be replaced. If the new rules equal the old ones, cached keys and tokens are kept. */
export class CurrentAccess {
  readonly #onIssuerChange: OnIssuerChange;
  #settings: AccessSettings;
  #authenticate: Authenticate;

  constructor(settings: AccessSettings, onIssuerChange: OnIssuerChange) {
    this.#onIssuerChange = onIssuerChange;
    this.#settings = settings;
    this.#authenticate = createAuthenticator(settings, onIssuerChange);
  }

  readonly authenticate: Authenticate = (headers, peer) => this.#authenticate(headers, peer);

  /** Prepares other rules, and returns a function that puts them in use. */
  prepare(settings: AccessSettings): () => void {
    if (isDeepStrictEqual(settings, this.#settings)) return () => undefined;
    const authenticate = createAuthenticator(settings, this.#onIssuerChange);
    return () => {
      this.#settings = settings;
      this.#authenticate = authenticate;
    };
  }
}
