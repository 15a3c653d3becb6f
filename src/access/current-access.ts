import { isDeepStrictEqual } from 'node:util';
import type { AccessSettings } from '../config/access-settings.ts';
import { type Authenticate, createAuthenticator, type OnIssuerChange } from './authenticate.ts';

/** The authentication by rules that may change. Rules that stay the same keep what is known of keys and tokens. */
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

  /** Returns a function that puts other rules in use. */
  prepare(settings: AccessSettings): () => void {
    if (isDeepStrictEqual(settings, this.#settings)) return () => undefined;
    const authenticate = createAuthenticator(settings, this.#onIssuerChange);
    return () => {
      this.#settings = settings;
      this.#authenticate = authenticate;
    };
  }
}
