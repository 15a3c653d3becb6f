import { hash, timingSafeEqual } from 'node:crypto';
import type { ApiKeySettings } from '../config/access-settings.ts';
import { type Caller, createCaller } from './caller.ts';

/**
 * Tells whose key it is. Keys are looked up by their SHA-256 and then compared in constant time, once
 * whether one was found or not: how long it takes tells nothing about how near a guess came, since nobody
 * can choose what a guess's hash begins with, and nothing about how many keys there are.
 */
export function createKeyRing(keys: readonly ApiKeySettings[]): (presented: string) => Caller | undefined {
  const ring = new Map(
    keys.map(({ name, sha256, accounts = 'all' as const, may }) => [
      sha256.toLowerCase(),
      { hash: Buffer.from(sha256, 'hex'), caller: createCaller(`key:${name}`, { accounts, may }) },
    ]),
  );
  const nobody = { hash: Buffer.alloc(32), caller: undefined };
  return (presented) => {
    const digest = hash('sha256', presented, 'buffer');
    const found = ring.get(digest.toString('hex')) ?? nobody;
    return timingSafeEqual(found.hash, digest) ? found.caller : undefined;
  };
}
