import { randomBytes } from 'node:crypto';
import type { Cipher } from '../../store/cipher.ts';
import { toKeyName } from '../../store/key-name.ts';
import type { Store } from '../../store/store.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { ProviderError } from '../failure.ts';
import type { NewCall } from '../new-call.ts';
import { sha256 } from '../placing/attempt.ts';
import { isNotPlaced } from '../placing/send-call.ts';
import { storeReserve } from '../placing/store-reserve.ts';

/** Milliseconds for which webhooks of a call are taken at its own address. No call of either provider lasts longer. */
const timeToLive = 24 * 60 * 60 * 1000;

/** Where the webhooks of a call go on to. */
export interface StatusTarget {
  /** The `statusUrl` of its input. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** The address of one call for webhooks. */
export interface StatusHook {
  /** Digest of its secret. */
  readonly id: string;
  /** Undefined if its webhooks go no further. */
  readonly target: StatusTarget | undefined;
}

export interface StatusHooksOptions {
  readonly store: Store;
  readonly accountKey: string;
  /** Encrypts what the store holds; absent if that is this process's memory. */
  readonly cipher: Cipher | undefined;
  /** Where the account's webhooks arrive, without a slash at the end; undefined if the provider cannot reach it. */
  readonly baseUrl: () => string | undefined;
  /** Whether webhooks can be sent on to a URL. */
  readonly mayReach: (url: string) => boolean;
}

/**
 * Addresses for the webhooks of single calls of an account: below `baseUrl`, with a secret for each call. The secret is
 * stored as its digest before the call is placed, with the `statusUrl` of the call, so that any process can take them.
 */
export class StatusHooks {
  readonly #options: StatusHooksOptions;

  constructor(options: StatusHooksOptions) {
    this.#options = options;
  }

  /**
   * Puts an address of its own in place of the `statusUrl` of a call. A call is left as it is if the provider cannot reach
   * this server, or would send credentials there in clear text, or if the address cannot be stored.
   *
   * @throws ProviderError INVALID_INPUT when webhooks cannot be sent on to the `statusUrl`
   */
  async interpose(call: NewCall): Promise<{ call: NewCall; discard(): Promise<void> }> {
    const { store, accountKey, cipher, baseUrl, mayReach } = this.#options;
    const credentials = call.bandwidth?.callbackCredentials;
    const base = baseUrl();
    const unchanged = { call, discard: async () => undefined };
    if (base === undefined || (credentials !== undefined && !base.startsWith('https:'))) return unchanged;
    if (call.statusUrl !== undefined && !mayReach(call.statusUrl)) throw unreachable();
    const secret = randomBytes(32).toString('base64url');
    const key = this.#keyOf(sha256(secret));
    const text = JSON.stringify({ url: call.statusUrl, ...credentials });
    const value = cipher === undefined ? text : cipher.encrypt(text, key);
    try {
      await store.write({ writes: [{ key, value, timeToLive }], reserve: storeReserve.unkeyed });
    } catch {
      return unchanged;
    }
    const statusUrl = `${base}/${accountKey}/${secret}`;
    const discard = () => store.set(key, undefined, timeToLive).catch(() => undefined);
    return { call: { ...call, statusUrl }, discard };
  }

  /** The address with this secret; undefined if there is none. Rejects with StoreFailure. */
  async find(secret: string): Promise<StatusHook | undefined> {
    if (!/^[\w-]{43}$/.test(secret)) return undefined;
    const { store, cipher } = this.#options;
    const id = sha256(secret);
    const key = this.#keyOf(id);
    const value = await store.get(key);
    const text = value === undefined || cipher === undefined ? value : cipher.decrypt(value, key);
    if (text === undefined) return undefined;
    const target: Partial<StatusTarget> = JSON.parse(text);
    return { id, target: target.url === undefined ? undefined : { ...target, url: target.url } };
  }

  #keyOf(id: string): string {
    return toKeyName(this.#options.accountKey, 'hook', id);
  }
}

/**
 * Wraps an adapter so that the webhooks of the calls that it places arrive here first. Above it, a call has the `statusUrl`
 * that the client has given: so an idempotency key stands for that, and so a call is looked for.
 */
export function withStatusHooks(adapter: CallsAdapter, hooks: StatusHooks): CallsAdapter {
  return {
    ...adapter,
    async create(newCall, operation) {
      const { call, discard } = await hooks.interpose(newCall);
      try {
        return await adapter.create(call, operation);
      } catch (error) {
        if (isNotPlaced(error)) await discard();
        throw error;
      }
    },
  };
}

function unreachable(): ProviderError {
  const message =
    'Webhooks are sent on to `statusUrl`, which must be https and name a public host: no address of a private network.';
  return new ProviderError('INVALID_INPUT', message, { field: ['input', 'statusUrl'] });
}
