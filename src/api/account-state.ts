import { randomBytes } from 'node:crypto';
import type { Account } from '../calls/account.ts';
import { StatusHooks, type StatusHooksOptions } from '../calls/events/status-hooks.ts';
import { RecentCalls } from '../calls/lists/recent-calls.ts';
import { SharedCalls } from '../calls/lists/shared-calls.ts';
import { digestOf } from '../calls/placing/attempt.ts';
import type { ConfiguredAccount } from '../config/accounts.ts';
import type { StoreSettings } from '../config/store-settings.ts';
import { isObject } from '../runtime/is-object.ts';
import { Cipher } from '../store/cipher.ts';
import type { Store } from '../store/store.ts';

export interface AccountStateOptions extends Pick<StatusHooksOptions, 'baseUrl' | 'mayReach'> {
  readonly store: Store;
  /** Undefined if the store is the memory of this process. */
  readonly settings: StoreSettings | undefined;
}

/**
 * What a process keeps of an account until it ends, whatever becomes of the settings. So calls are found, and their webhooks
 * are taken, after a change of credentials too, and what operations of a removed account still write is encrypted.
 */
export class AccountState {
  /** Of the account at the provider: see `ConfiguredAccount`. */
  readonly identity: string | undefined;
  /** Undefined if the store is the memory of this process, as `shared`. */
  readonly cipher: Cipher | undefined;
  readonly shared: SharedCalls | undefined;
  readonly recent: RecentCalls;
  readonly statusHooks: StatusHooks;
  /** The account as it was last configured; undefined until its adapter is created. */
  account: Account | undefined;
  readonly #settings: StoreSettings | undefined;

  constructor(configured: ConfiguredAccount, { store, settings, ...addresses }: AccountStateOptions) {
    const { key: accountKey } = configured.entry;
    this.#settings = settings;
    this.identity = configured.identity;
    this.cipher = settings && new Cipher(secretOf(configured, settings), accountKey);
    const shared = this.cipher && new SharedCalls(store, accountKey, this.cipher);
    this.shared = shared;
    const readShared = async () => (this.account && (await shared?.readNew(this.account))) ?? [];
    this.recent = new RecentCalls(Date.now, shared && readShared);
    const { cipher } = this;
    // What is in this process's memory is lost with the key.
    const seal = cipher ?? new Cipher(randomBytes(32).toString('base64url'), accountKey);
    this.statusHooks = new StatusHooks({ ...addresses, store, accountKey, cipher, seal });
  }

  /** Follows a change of the credentials. */
  renew(configured: ConfiguredAccount): void {
    if (this.#settings !== undefined) this.cipher?.renew(secretOf(configured, this.#settings));
  }
}

/** By default a Redis is encrypted with the credentials of the account, which all processes have. */
function secretOf({ settings }: ConfiguredAccount, store: StoreSettings): string {
  return store.secret ?? digestOf(isObject(settings.auth) ? settings.auth : settings);
}

/** The states of all accounts that a process has had, by key. */
export class AccountStates {
  /** By account key, where the store is shared. */
  readonly ciphers = new Map<string, Cipher>();
  readonly #options: AccountStateOptions;
  readonly #states = new Map<string, AccountState>();

  constructor(options: AccountStateOptions) {
    this.#options = options;
  }

  get(accountKey: string): AccountState | undefined {
    return this.#states.get(accountKey);
  }

  /** The state of an account; a new one if the key stands for another account of a provider than before. */
  of(configured: ConfiguredAccount): AccountState {
    const { key } = configured.entry;
    const known = this.#states.get(key);
    if (known !== undefined && known.identity === configured.identity) return known;
    const state = new AccountState(configured, this.#options);
    this.#states.set(key, state);
    if (state.cipher !== undefined) this.ciphers.set(key, state.cipher);
    return state;
  }
}
