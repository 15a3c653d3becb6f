import { isDeepStrictEqual } from 'node:util';
import type { CallsAdapter } from '../calls/calls-adapter.ts';
import type { CallsDependencies, CallsSource, TakenCalls } from '../calls/calls-source.ts';
import type { ConfiguredAccount } from '../config/accounts.ts';

/** An account that is configured, and the adapter that was created for it. */
export interface OpenAccount {
  readonly configured: ConfiguredAccount;
  readonly adapter: CallsAdapter;
}

/** The accounts at one time, by key. Never changes. */
export interface AccountsSnapshot extends CallsDependencies {
  readonly open: ReadonlyMap<string, OpenAccount>;
}

export interface AccountsOptions {
  readonly openAdapter: (configured: ConfiguredAccount) => CallsAdapter;
  /** What operations see of the accounts. */
  readonly toCalls: (open: ReadonlyMap<string, OpenAccount>) => CallsDependencies;
}

/** A snapshot with its number of holders: the operations that took it, and one more while it is the current one. */
interface Held {
  readonly snapshot: AccountsSnapshot;
  holders: number;
}

/**
 * The accounts of one API. An operation takes the current snapshot when it begins, and a change makes another one. An
 * adapter is closed once no held snapshot contains it. Accounts that do not change keep their adapter.
 */
export class Accounts implements CallsSource {
  readonly #options: AccountsOptions;
  readonly #snapshots = new Set<Held>();
  readonly #closing = new Set<Promise<void>>();
  #held: Held;

  constructor(configured: readonly ConfiguredAccount[], options: AccountsOptions) {
    this.#options = options;
    this.#held = this.#hold(this.#open(configured));
  }

  get current(): AccountsSnapshot {
    return this.#held.snapshot;
  }

  take(): TakenCalls {
    const held = this.#held;
    held.holders += 1;
    return { calls: held.snapshot, release: () => this.#release(held) };
  }

  /**
   * Puts other accounts in place of the current ones.
   *
   * @returns the keys of the accounts that were added, removed or changed
   */
  set(configured: readonly ConfiguredAccount[]): readonly string[] {
    const open = this.#open(configured);
    const before = this.#held;
    this.#held = this.#hold(open);
    this.#release(before);
    const keys = new Set([...before.snapshot.open.keys(), ...open.keys()]);
    return [...keys].filter((key) => before.snapshot.open.get(key) !== open.get(key));
  }

  /** Closes all adapters. Call it once no operation is running. */
  async close(): Promise<void> {
    const adapters = new Set([...this.#snapshots].flatMap(({ snapshot }) => adaptersOf(snapshot)));
    await Promise.all([...[...adapters].map((adapter) => adapter.close()), ...this.#closing]);
  }

  #open(configured: readonly ConfiguredAccount[]): ReadonlyMap<string, OpenAccount> {
    const before = this.#held?.snapshot.open;
    return new Map(
      configured.map((each) => {
        const known = before?.get(each.entry.key);
        if (known !== undefined && isDeepStrictEqual(known.configured, each)) return [each.entry.key, known];
        const keepsAdapter =
          known !== undefined && isDeepStrictEqual(adapterPartsOf(known.configured), adapterPartsOf(each));
        const adapter = keepsAdapter ? known.adapter : this.#options.openAdapter(each);
        return [each.entry.key, { configured: each, adapter }];
      }),
    );
  }

  #hold(open: ReadonlyMap<string, OpenAccount>): Held {
    const held = {
      snapshot: Object.freeze({ ...this.#options.toCalls(open), visible: new WeakMap(), open }),
      holders: 1,
    };
    this.#snapshots.add(held);
    return held;
  }

  #release(held: Held): void {
    held.holders -= 1;
    if (held.holders > 0) return;
    this.#snapshots.delete(held);
    const used = new Set([...this.#snapshots].flatMap(({ snapshot }) => adaptersOf(snapshot)));
    for (const adapter of adaptersOf(held.snapshot)) {
      if (used.has(adapter)) continue;
      const closing = adapter
        .close()
        .catch(() => undefined)
        .finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
  }
}

function adaptersOf({ open }: AccountsSnapshot): CallsAdapter[] {
  return [...open.values()].map(({ adapter }) => adapter);
}

/** The settings that an adapter is created from: all but those of this server, such as the secret of webhooks. */
function adapterPartsOf({ factory, settings, entry }: ConfiguredAccount): object {
  return { factory, settings, entry };
}
