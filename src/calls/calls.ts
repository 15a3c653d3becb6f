import DataLoader from 'dataloader';
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import { Refusal } from './failure.ts';
import type { Connection, ListRequest } from './lists/connection.ts';
import { type ListLimits, readList } from './lists/read-list.ts';
import type { Operation } from './operation.ts';
import type { Idempotency } from './placing/idempotency.ts';
import { Forbidden, type Rights } from './rights.ts';

/** What is made once per process and shared by all requests. */
export interface CallsParts {
  readonly adapters: ReadonlyMap<string, CallsAdapter>;
  readonly idempotency: Idempotency;
  readonly limits: ListLimits;
}

/** A call as a loader knows it. */
export interface CallKey {
  readonly accountKey: string;
  readonly providerCallId: string;
}

/**
 * The calls of all accounts that the caller may see, for one operation; nothing it loads outlives that.
 * The only way from the resolvers to an adapter, so the one place where rights are enforced.
 */
export class Calls {
  readonly #parts: CallsParts;
  readonly #operation: Operation;
  readonly #rights: Rights;
  #loader: DataLoader<CallKey, Call | null, string> | undefined;
  readonly #listed: (readonly Call[])[] = [];
  readonly #done: CallKey[] = [];

  constructor(parts: CallsParts, operation: Operation, rights: Rights) {
    this.#parts = parts;
    this.#rights = rights;
    this.#operation = operation;
  }

  get accounts(): readonly Account[] {
    const accounts = [...this.#parts.adapters.values()].map(({ account }) => account);
    return accounts.filter(({ key }) => this.#rights.maySee(key));
  }

  account(key: string): Account | null {
    return this.#visible(key)?.account ?? null;
  }

  /** The call, or null where there is none; one request for it in one operation, however often asked. */
  get(key: CallKey): Promise<Call | null> {
    return this.#loaded().load(key);
  }

  /** Reads a call anew, after it was changed. */
  reread(key: CallKey): Promise<Call | null> {
    return this.#loaded().clear(key).load(key);
  }

  /** @throws Failure when all accounts refuse what the caller gave; one that cannot be read is `unavailable` */
  async list(request: ListRequest): Promise<Connection> {
    const adapters = request.accounts.flatMap(({ key }) => this.#visible(key) ?? []);
    const connection = await readList(adapters, request, this.#operation, this.#parts.limits);
    this.#listed.push(connection.calls);
    return connection;
  }

  /**
   * A list of one account alone.
   *
   * @throws Failure when it cannot be read
   */
  async listOne(request: ListRequest): Promise<Connection> {
    const connection = await this.list(request);
    const [missing] = connection.unavailable;
    if (missing !== undefined) throw missing.failure;
    return connection;
  }

  /**
   * The adapter of an account whose calls are to be changed.
   *
   * @throws Refusal NOT_FOUND when there is no such account, as far as the caller is concerned
   * @throws Forbidden when the caller may only read it
   */
  writable(accountKey: string, field: readonly string[]): CallsAdapter {
    const adapter = this.#visible(accountKey);
    if (adapter === undefined) throw new Refusal('NOT_FOUND', 'There is no such account.', { field });
    if (!this.#rights.mayWrite(accountKey)) throw new Forbidden(accountKey);
    return adapter;
  }

  /** Notes that a call was placed or changed. */
  note({ accountKey, providerCallId }: CallKey): void {
    this.#done.push({ accountKey, providerCallId });
  }

  /** The calls that this operation has placed or changed so far, in this order. */
  get done(): readonly CallKey[] {
    return this.#done;
  }

  get idempotency(): Idempotency {
    return this.#parts.idempotency;
  }

  get callerId(): string {
    return this.#rights.id;
  }

  get operation(): Operation {
    return this.#operation;
  }

  /**
   * The loader, made when it is needed, which for most lists is never; what they have brought by then need
   * not be loaded.
   */
  #loaded(): DataLoader<CallKey, Call | null, string> {
    this.#loader ??= new DataLoader((keys) => Promise.all(keys.map((key) => this.#load(key))), {
      cacheKeyFn: ({ accountKey, providerCallId }) => `${accountKey}:${providerCallId}`,
    });
    for (const call of this.#listed.splice(0).flat()) {
      this.#loader.prime({ accountKey: call.account.key, providerCallId: call.providerCallId }, call);
    }
    return this.#loader;
  }

  #visible(accountKey: string): CallsAdapter | undefined {
    return this.#rights.maySee(accountKey) ? this.#parts.adapters.get(accountKey) : undefined;
  }

  /** Never rejects, which would fail all that are loaded with it: DataLoader takes an error for one of them. */
  async #load({ accountKey, providerCallId }: CallKey): Promise<Call | null | Error> {
    try {
      return (await this.#visible(accountKey)?.get(providerCallId, this.#operation)) ?? null;
    } catch (reason) {
      return reason instanceof Error ? reason : new Error('A load failed.', { cause: reason });
    }
  }
}
