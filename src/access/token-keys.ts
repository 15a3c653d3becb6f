import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { tokensUnavailable } from './refusal.ts';

/**
 * Finds the key of a token in the key set that the issuer publishes (RFC 7517), fetched and cached by jose. While
 * the issuer is unreachable, the last key set is used up to `maxStale`, and fetches are `retryDelay` apart:
 * otherwise each token would wait for a timeout.
 *
 * The key finder throws a jose error if the token is invalid, AccessRefusal UNAVAILABLE if the key set is
 * unavailable.
 */
export function createRemoteKeys(url: URL, options: RemoteKeysOptions = {}): JWTVerifyGetKey {
  const { timeout = 5_000, retryDelay = 5_000, maxAge = 10 * minute, cooldown = 30_000 } = options;
  const { maxStale = 60 * minute, now = Date.now, onChange = () => undefined } = options;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly at: number; readonly cause: unknown } | undefined;
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: timeout,
    cacheMaxAge: maxAge,
    cooldownDuration: cooldown,
    [customFetch]: async (address, init) => {
      if (failure !== undefined && now() < failure.at + retryDelay) throw failure.cause;
      const startedAt = now();
      try {
        const response = await fetch(address, init);
        if (response.status !== 200) throw new Error(`The key set answers ${response.status}.`);
        // Read the body here, so that one that never ends or is no key set counts as a failure too.
        createLocalJWKSet((await response.clone().json()) as JSONWebKeySet);
        if (failure !== undefined) onChange(undefined);
        [fetchedAt, failure] = [startedAt, undefined];
        return response;
      } catch (cause) {
        if (failure === undefined) onChange(cause);
        failure = { at: now(), cause };
        throw cause;
      }
    },
  });
  const find: JWTVerifyGetKey = async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      const stale = isTokenError(error) || now() > fetchedAt + maxStale ? undefined : remote.jwks();
      if (stale === undefined) throw error;
      // A key that the stale set lacks may be a new one: report the failed fetch, not an invalid token.
      return createLocalJWKSet(stale)(header, token).catch((reason: unknown) => {
        throw reason instanceof errors.JWKSNoMatchingKey ? error : reason;
      });
    }
  };
  return withRefusals(find, Math.max(1, Math.ceil(retryDelay / 1000)));
}

/** Times in milliseconds. */
export interface RemoteKeysOptions {
  /** Timeout of one fetch of the key set. */
  readonly timeout?: number;
  /** No fetch is attempted for this long after a failed one. */
  readonly retryDelay?: number;
  /** The age at which the key set is fetched again. */
  readonly maxAge?: number;
  /** The age up to which the last key set is used while fetching fails. A revoked key is accepted as long. */
  readonly maxStale?: number;
  /** The time between two fetches for tokens that name an unknown key. */
  readonly cooldown?: number;
  readonly now?: () => number;
  readonly onChange?: OnKeysChange;
}

/** Called with the cause once the key set cannot be fetched, and with undefined once it can be again. */
export type OnKeysChange = (cause: unknown) => void;

const minute = 60_000;

/** Finds the key of a token in a key set that does not change. Throws as `createRemoteKeys` does. */
export function createLocalKeys(set: JSONWebKeySet): JWTVerifyGetKey {
  return withRefusals(createLocalJWKSet(set), 1);
}

/**
 * Converts every error but those of the token to AccessRefusal UNAVAILABLE.
 *
 * @param retryAfter whole seconds
 */
function withRefusals(find: JWTVerifyGetKey, retryAfter: number): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      throw isTokenError(error) ? error : tokensUnavailable(error, retryAfter);
    }
  };
}

/** The token names an unknown key, or none where several match, or an algorithm that no key supports. */
function isTokenError(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
