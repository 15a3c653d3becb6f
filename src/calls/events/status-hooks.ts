import { setTimeout as pause } from 'node:timers/promises';
import type { Cipher } from '../../store/cipher.ts';
import { toKeyName } from '../../store/key-name.ts';
import type { Store } from '../../store/store.ts';
import { ProviderError } from '../failure.ts';
import type { NewCall } from '../new-call.ts';
import { storeReserve } from '../placing/store-reserve.ts';
import { sha256 } from '../sha256.ts';
import type { FoundHook, InterposedCall, StatusTarget } from './status-hook.ts';
import { digestOf } from './to-change.ts';
import { createSecret, isGenuineSecret } from './webhook-secret.ts';

/** Milliseconds for which webhooks of a call are taken at its own address. No call of either provider lasts longer. */
const timeToLive = 24 * 60 * 60 * 1000;

export interface StatusHooksOptions {
  readonly store: Store;
  readonly accountKey: string;
  /** Encrypts what the store holds; absent if that is this process's memory. */
  readonly cipher: Cipher | undefined;
  /** Proves that a secret was made by one of the processes that share the store. */
  readonly seal: Cipher;
  /** Where the account's webhooks arrive, without a slash at the end; undefined if the provider cannot reach it. */
  readonly baseUrl: () => string | undefined;
  /** Whether webhooks can be sent on to a URL. */
  readonly mayReach: (url: string) => boolean;
  /** Milliseconds before each look for the provider's answer: see `accepts`. */
  readonly answerWaits?: readonly number[];
}

/** Webhooks that wait for the provider to answer which call was placed. */
const maxWaiting = 100;
/** Less than Restcomm's 6 seconds in all. */
const defaultAnswerWaits = [50, 100, 250, 600, 1_000, 2_000];

/**
 * Addresses for the webhooks of single calls of an account: below `baseUrl`, with a secret for each call. The secret is
 * stored as its digest before the call is placed, with the `statusUrl` of the call, so that any process can take them.
 */
export class StatusHooks {
  readonly #options: StatusHooksOptions;
  /** Reads that are pending, by secret: concurrent requests for one address share one. */
  readonly #reads = new Map<string, Promise<FoundHook | undefined>>();
  #waiting = 0;

  constructor(options: StatusHooksOptions) {
    this.#options = options;
  }

  /**
   * Puts an address of its own in place of the `statusUrl` of a call. A call is left as it is if the provider cannot reach
   * this server, or would send credentials there in clear text, or if the address cannot be stored.
   *
   * @param maxCalls how many calls may be placed
   * @throws ProviderError INVALID_INPUT when webhooks cannot be sent on to the `statusUrl`
   */
  async interpose(call: NewCall, maxCalls = 1): Promise<InterposedCall> {
    const { store, accountKey, cipher, baseUrl, mayReach } = this.#options;
    const credentials = call.bandwidth?.callbackCredentials;
    const base = baseUrl();
    const nothing = async () => undefined;
    const unchanged = { call, discard: nothing, bind: nothing };
    if (base === undefined || (credentials !== undefined && !base.startsWith('https:'))) return unchanged;
    if (call.statusUrl !== undefined && !mayReach(call.statusUrl)) throw unreachable();
    const secret = createSecret(this.#options.seal);
    const key = this.#keyOf(sha256(secret));
    const text = JSON.stringify({ url: call.statusUrl, ...credentials, maxCalls });
    const value = cipher === undefined ? text : cipher.encrypt(text, key);
    try {
      const writes = [{ key, member: 'target', value, timeToLive }];
      await store.write({ writes, reserve: storeReserve.unkeyed });
    } catch {
      return unchanged;
    }
    return {
      call: { ...call, statusUrl: `${base}/${accountKey}/${secret}` },
      discard: () => store.set(key, undefined, timeToLive).catch(() => undefined),
      bind: (id) => this.#write(key, 'placed', digestOf({ accountKey, providerCallId: id })),
    };
  }

  /** Whether an address with this secret was made here. */
  isGenuine(secret: string): boolean {
    return isGenuineSecret(secret, this.#options.seal);
  }

  /** The address with a genuine secret; undefined if it has expired or was removed. Rejects with StoreFailure. */
  find(secret: string): Promise<FoundHook | undefined> {
    const reading =
      this.#reads.get(secret) ?? this.#read(sha256(secret)).finally(() => this.#reads.delete(secret));
    this.#reads.set(secret, reading);
    return reading;
  }

  /**
   * Whether webhooks of a call may come to an address: those of the call that was placed with it. Until the provider tells
   * which one that is, it is the first that comes. Others wait for that, for a while, also where a read of the store fails.
   */
  async accepts(hook: FoundHook, providerCallId: string): Promise<boolean> {
    const { answerWaits = defaultAnswerWaits } = this.#options;
    const call = digestOf({ accountKey: hook.accountKey, providerCallId });
    let verdict = await this.#judge(hook, call);
    if (verdict === undefined && this.#waiting >= maxWaiting) return false;
    this.#waiting += 1;
    for (const wait of answerWaits) {
      if (verdict !== undefined) break;
      await pause(wait);
      const found = await this.#read(hook.id).catch(() => hook);
      verdict = found !== undefined && (await this.#judge(found, call));
    }
    this.#waiting -= 1;
    return verdict ?? false;
  }

  /** Undefined where only the provider's answer can tell. */
  async #judge({ id, maxCalls, placed, seen }: FoundHook, call: string): Promise<boolean | undefined> {
    if (call === placed) return true;
    if (placed !== undefined && maxCalls === 1) return false;
    if (seen.has(call)) return true;
    if (seen.size >= maxCalls) return placed === undefined ? undefined : false;
    await this.#write(this.#keyOf(id), `seen ${call}`, '');
    return true;
  }

  async #read(id: string): Promise<FoundHook | undefined> {
    const { store, cipher, accountKey } = this.#options;
    const key = this.#keyOf(id);
    const members = await store.members(key);
    const value = members.get('target');
    const text = value === undefined || cipher === undefined ? value : cipher.decrypt(value, key);
    if (text === undefined) return undefined;
    const { maxCalls, ...target }: Partial<StatusTarget> & { maxCalls: number } = JSON.parse(text);
    const seen = [...members.keys()].filter((name) => name.startsWith('seen ')).map((name) => name.slice(5));
    return {
      ...{ accountKey, id, maxCalls, placed: members.get('placed'), seen: new Set(seen) },
      target: target.url === undefined ? undefined : { ...target, url: target.url },
    };
  }

  /** Ignores a store that fails: then no call is known for the address, and it takes webhooks of any one. */
  async #write(key: string, member: string, value: string): Promise<void> {
    await this.#options.store.write({ writes: [{ key, member, value, timeToLive }] }).catch(() => undefined);
  }

  #keyOf(id: string): string {
    return toKeyName(this.#options.accountKey, 'hook', id);
  }
}

function unreachable(): ProviderError {
  const message =
    'Webhooks are sent on to `statusUrl`, which must be https and name a public host: no address of a private network.';
  return new ProviderError('INVALID_INPUT', message, { field: ['input', 'statusUrl'] });
}
