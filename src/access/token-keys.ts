import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { tokensUnavailable } from './refusal.ts';

/** Times in milliseconds. */
export interface RemoteKeysOptions {
  /** How long one attempt at fetching may take. */
  readonly timeout?: number;
  /** How long to leave the issuer alone after a failed attempt. */
  readonly rest?: number;
  /** How old keys may be before they are fetched anew. */
  readonly freshFor?: number;
  /** How old they may be when they cannot be. Bounds for how long a withdrawn key stays good. */
  readonly keptFor?: number;
  /** How long to leave the issuer alone when it has just been asked and a token names a key it lacks. */
  readonly cooldown?: number;
  readonly now?: () => number;
}

const minute = 60_000;

export function createLocalKeys(set: JSONWebKeySet): JWTVerifyGetKey {
  return blamingIssuer(createLocalJWKSet(set), 1);
}

/**
 * Finds the key of a token among those that the issuer publishes, fetched and cached by jose. While the
 * issuer cannot be reached, the keys last fetched stay good for a while, and it is not asked for each
 * token anew: every token would wait for a timeout.
 *
 * The key finder throws a jose error when the token is at fault, AccessRefusal UNAVAILABLE when the issuer is.
 */
export function createRemoteKeys(url: URL, options: RemoteKeysOptions = {}): JWTVerifyGetKey {
  const { timeout = 5_000, rest = 5_000, freshFor = 10 * minute, cooldown = 30_000 } = options;
  const { keptFor = 60 * minute, now = Date.now } = options;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly at: number; readonly cause: unknown } | undefined;
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: timeout,
    cacheMaxAge: freshFor,
    cooldownDuration: cooldown,
    [customFetch]: async (address, init) => {
      if (failure !== undefined && now() < failure.at + rest) throw failure.cause;
      const asked = now();
      try {
        const response = await fetch(address, init);
        if (response.status !== 200) throw new Error(`The key set answers ${response.status}.`);
        // Read here, so that a body that never ends or is no key set counts as a failure too.
        createLocalJWKSet((await response.clone().json()) as JSONWebKeySet);
        [fetchedAt, failure] = [asked, undefined];
        return response;
      } catch (cause) {
        failure = { at: now(), cause };
        throw cause;
      }
    },
  });
  const find: JWTVerifyGetKey = async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      const held = isFaultOfToken(error) || now() > fetchedAt + keptFor ? undefined : remote.jwks();
      if (held === undefined) throw error;
      // A key that is not among the old ones may be a new one: that is not for us to deny.
      return createLocalJWKSet(held)(header, token).catch((reason: unknown) => {
        throw reason instanceof errors.JWKSNoMatchingKey ? error : reason;
      });
    }
  };
  return blamingIssuer(find, Math.max(1, Math.ceil(rest / 1000)));
}

/** @param retryAfter whole seconds */
function blamingIssuer(find: JWTVerifyGetKey, retryAfter: number): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      throw isFaultOfToken(error) ? error : tokensUnavailable(error, retryAfter);
    }
  };
}

/** Names a key that is not there, or none where several would fit, or an algorithm that no key is for. */
function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
