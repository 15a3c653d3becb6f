import type { BxmlReport, CallEventSource } from '../generated/schema.ts';
import type { Account } from './account.ts';
import type { AccountHealth } from './account-health.ts';
import type { Call } from './call.ts';
import { type CallKey, CallLoader } from './call-loader.ts';
import type { CallsAdapter } from './calls-adapter.ts';
import type { CallsDependencies } from './calls-source.ts';
import { FollowedCalls } from './events/followed-calls.ts';
import { Refusal } from './failure.ts';
import type { Connection, ListRequest } from './lists/connection.ts';
import { readList } from './lists/read-list.ts';
import type { Operation } from './operation.ts';
import { OperationRecord } from './operation-record.ts';
import type { Idempotency } from './placing/idempotency.ts';
import { reportBxml } from './report-bxml.ts';
import { Forbidden, type Rights } from './rights.ts';

/**
 * The accounts and calls that one caller may see, for one GraphQL operation. Loaded calls are cached for that
 * operation only. Resolvers reach adapters only through this class, so rights are enforced here.
 */
export class Calls {
  readonly operation: Operation;
  readonly idempotency: Idempotency;
  /** The identity of the caller, by which idempotency keys are separated. */
  readonly callerId: string;
  /** What the operation has done so far. */
  readonly record = new OperationRecord();
  readonly #dependencies: CallsDependencies;
  readonly #rights: Rights;
  readonly #loader = new CallLoader(async ({ accountKey, providerCallId }) => {
    return (await this.#visible(accountKey)?.get(providerCallId, this.operation)) ?? null;
  });

  constructor(dependencies: CallsDependencies, operation: Operation, rights: Rights) {
    this.#dependencies = dependencies;
    this.#rights = rights;
    this.operation = operation;
    this.idempotency = dependencies.idempotency;
    this.callerId = rights.id;
  }

  /** All accounts that the caller may see. */
  get accounts(): readonly Account[] {
    const { adapters, visible } = this.#dependencies;
    const known = visible?.get(this.#rights);
    if (known !== undefined) return known;
    const all = [...adapters.values()].map(({ account }) => account);
    const accounts = all.filter(({ key }) => this.#rights.maySee(key));
    visible?.set(this.#rights, accounts);
    return accounts;
  }

  /** The account, or null when there is none that the caller may see. */
  account(key: string): Account | null {
    return this.#visible(key)?.account ?? null;
  }

  /** @param key of an account that the caller may see */
  health(key: string): AccountHealth {
    return this.#require(key).health;
  }

  /**
   * What is to be said of a BXML document for an account.
   *
   * @throws Refusal NOT_FOUND when there is no account that the caller may see
   */
  reportBxml(accountKey: string, bxml: string): BxmlReport {
    return reportBxml(this.#require(accountKey, ['accountId']), bxml);
  }

  /** How changes of an account's calls become known, besides those made through this API. */
  eventSources(key: string): readonly CallEventSource[] {
    return this.#dependencies.webhookAccounts?.has(key) ? ['WEBHOOK', 'POLL'] : ['POLL'];
  }

  /**
   * The call, or null when there is none. Read once per operation, however often it is selected.
   *
   * @throws ProviderError when it cannot be read
   */
  get(key: CallKey): Promise<Call | null> {
    return this.#loader.load(key);
  }

  /** Reads a call again, after it was changed. Throws as `get` does. */
  reread(key: CallKey): Promise<Call | null> {
    return this.#loader.reload(key);
  }

  /**
   * Reads a page of a list. An account that cannot be read is reported in `unavailable`.
   *
   * @throws Failure when all accounts refuse the request
   */
  async list(request: ListRequest): Promise<Connection> {
    const adapters = request.accounts.flatMap(({ key }) => this.#visible(key) ?? []);
    const connection = await readList(adapters, request, this.operation, this.#dependencies.limits);
    this.#loader.prime(connection.calls);
    for (const { failure } of connection.unavailable) this.record.failures.push(failure);
    return connection;
  }

  /**
   * Reads a page of the list of one account.
   *
   * @throws Failure when the account cannot be read
   */
  async listOne(request: ListRequest): Promise<Connection> {
    const connection = await this.list(request);
    const [missing] = connection.unavailable;
    if (missing !== undefined) throw missing.failure;
    return connection;
  }

  /** The events of the calls. */
  get followed(): FollowedCalls {
    return new FollowedCalls(this.#dependencies.events, this);
  }

  /** Tells of a call that the operation has placed or changed. */
  observe(call: Call): void {
    void this.#dependencies.events.observe({ call, source: 'COMMAND' });
  }

  /** Tells of what becomes of a call that the operation has changed, without a request of the operation. */
  readSoon(key: CallKey): void {
    void this.#dependencies.events.readSoon(key);
  }

  /**
   * The adapter of an account to which the caller may write.
   *
   * @param field the path of the argument that the error names
   * @throws Refusal NOT_FOUND when there is no account that the caller may see
   * @throws Forbidden when the caller may only read it
   */
  writable(accountKey: string, field: readonly string[]): CallsAdapter {
    const adapter = this.#require(accountKey, field);
    if (!this.#rights.mayWrite(accountKey)) throw new Forbidden(accountKey);
    return adapter;
  }

  #visible(accountKey: string): CallsAdapter | undefined {
    return this.#rights.maySee(accountKey) ? this.#dependencies.adapters.get(accountKey) : undefined;
  }

  #require(accountKey: string, field?: readonly string[]): CallsAdapter {
    const adapter = this.#visible(accountKey);
    if (adapter !== undefined) return adapter;
    throw new Refusal('NOT_FOUND', 'There is no such account.', field && { field });
  }
}
