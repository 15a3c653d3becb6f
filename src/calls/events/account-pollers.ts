import type { AccountPoller } from './account-poller.ts';
import type { LiveCall } from './live-calls.ts';

/** What an `AccountPollers` is made from. */
export interface AccountPollersOptions {
  /** Creates what polls an account; undefined if it is not polled. */
  readonly create: (accountKey: string) => AccountPoller | undefined;
  /** The calls of an account that events have told of so far. */
  readonly knownCalls: (accountKey: string) => Iterable<LiveCall>;
}

/** The pollers of all accounts, by account key. An account that is not polled is ignored. */
export class AccountPollers {
  readonly #options: AccountPollersOptions;
  readonly #pollers = new Map<string, AccountPoller>();

  constructor(options: AccountPollersOptions) {
    this.#options = options;
  }

  /** Adds the poller of an account. It polls once it is retained. */
  add(accountKey: string): void {
    const poller = this.#options.create(accountKey);
    if (poller !== undefined) this.#pollers.set(accountKey, poller);
  }

  /** Stops and removes the poller of an account, however often it is retained. */
  remove(accountKey: string): void {
    this.#pollers.get(accountKey)?.stop();
    this.#pollers.delete(accountKey);
  }

  /** Counts a subscriber of an account. The first one starts the poller, with the calls that are known. */
  retain(accountKey: string): void {
    const poller = this.#pollers.get(accountKey);
    if (poller === undefined) return;
    const wasActive = poller.isActive;
    poller.retain();
    if (wasActive) return;
    for (const call of this.#options.knownCalls(accountKey)) poller.note(call);
  }

  release(accountKey: string): void {
    this.#pollers.get(accountKey)?.release();
  }

  /** Whether an account is being polled. */
  isActive(accountKey: string): boolean {
    return this.#pollers.get(accountKey)?.isActive ?? false;
  }

  /** Follows a call of which an event tells. */
  note(accountKey: string, call: LiveCall): void {
    this.#pollers.get(accountKey)?.note(call);
  }

  /** Reads a call that was changed by this process; see `AccountPoller.readSoon`. */
  async readSoon(accountKey: string, providerCallId: string): Promise<void> {
    await this.#pollers.get(accountKey)?.readSoon(providerCallId);
  }
}
