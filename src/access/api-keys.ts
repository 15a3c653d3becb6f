import { createHash, timingSafeEqual } from 'node:crypto';
import { type Caller, createCaller } from './caller.ts';
import type { ApiKeySettings } from './settings.ts';

/**
 * Tells whose key it is. Every key is compared, and each in constant time, so that how long it takes
 * tells nothing about how near a guess came or where in the file the key stands.
 */
export function createKeyRing(keys: readonly ApiKeySettings[]): (presented: string) => Caller | undefined {
  const ring = keys.map(({ name, sha256, accounts = 'all' as const, may }) => ({
    hash: Buffer.from(sha256, 'hex'),
    caller: createCaller(`key:${name}`, { accounts, may }),
  }));
  return (presented) => {
    const hash = createHash('sha256').update(presented).digest();
    let found: Caller | undefined;
    for (const key of ring) if (timingSafeEqual(key.hash, hash)) found = key.caller;
    return found;
  };
}
