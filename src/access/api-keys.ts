import { hash, timingSafeEqual } from 'node:crypto';
import type { ApiKeySettings } from '../config/api-key-settings.ts';
import { type Caller, createCaller } from './caller.ts';

/**
 * Creates a function that returns the caller an API key belongs to, undefined for an invalid key.
 *
 * Keys are looked up by their SHA-256 digest and then compared in constant time, whether one was found or not.
 * The time taken does not reveal how close a guess is, because nobody can choose how a guess's digest begins,
 * nor how many keys are configured.
 */
export function createApiKeyReader(
  keys: readonly ApiKeySettings[],
): (presented: string) => Caller | undefined {
  const callers = new Map(
    keys.map(({ name, sha256, accounts = ['*'], may }) => [
      sha256.toLowerCase(),
      { hash: Buffer.from(sha256, 'hex'), caller: createCaller(`key:${name}`, { accounts, may }) },
    ]),
  );
  const notFound = { hash: Buffer.alloc(32), caller: undefined };
  return (presented) => {
    const digest = hash('sha256', presented, 'buffer');
    const found = callers.get(digest.toString('hex')) ?? notFound;
    return timingSafeEqual(found.hash, digest) ? found.caller : undefined;
  };
}
