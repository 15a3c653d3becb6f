import { readPage } from '../../../../src/adapters/kit/by-token/read-page.ts';
import { basicAuthorization } from '../../../../src/adapters/kit/rest/authorization.ts';
import { CallsApi } from '../../../../src/adapters/kit/rest/calls-api.ts';
import { unsupported } from '../../../../src/adapters/kit/rest/provider-errors.ts';
import type { Account } from '../../../../src/calls/account.ts';
import type { AccountHealth } from '../../../../src/calls/account-health.ts';
import type { Call } from '../../../../src/calls/call.ts';
import type { AccountEntry, CallsAdapter } from '../../../../src/calls/calls-adapter.ts';
import type { NewCall, Redirect } from '../../../../src/calls/new-call.ts';
import type { Operation } from '../../../../src/calls/operation.ts';
import type { Page, PageRequest } from '../../../../src/calls/page.ts';
import type { HttpResponse } from '../../../../src/upstream/response-reader.ts';
import { CallList } from './call-list.ts';
import { provider } from './provider.ts';
import { refusals } from './refusals.ts';
import type { Settings } from './settings.ts';
import { toCall } from './to-call.ts';
import { toCreateForm, toRedirectForm } from './to-request.ts';
import { readCall } from './wire.ts';

const type = 'application/x-www-form-urlencoded';

/** One account at Acme. */
export class AcmeAdapter implements CallsAdapter {
  readonly account: Account;
  readonly health: AccountHealth;
  readonly #api: CallsApi;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(settings: Settings, { key, name, limits }: AccountEntry, now: () => number = Date.now) {
    const { accountSid, authToken, baseUrl } = settings;
    this.account = {
      key,
      name,
      provider,
      providerAccountId: accountSid,
      capabilities: ['CREATE_CALL', 'REDIRECT_CALL', 'HANG_UP_CALL', 'CANCEL_CALL'],
    };
    this.#now = now;
    this.#api = new CallsApi({
      ...refusals,
      account: this.account,
      baseUrl,
      limits,
      authorization: basicAuthorization({ username: accountSid, password: authToken }),
      callsPath: `/2010-04-01/Accounts/${accountSid}/Calls`,
      suffix: '.json',
      accept: 'application/json',
    });
    this.health = this.#api.health;
  }

  get(id: string, operation: Operation): Promise<Call | null> {
    return this.#api.find({ id }, operation, this.#read);
  }

  page(request: PageRequest, operation: Operation): Promise<Page> {
    const list = new CallList(this.#api, this.account, request.filter, operation);
    return readPage(request, list, this.#now());
  }

  /** The list has no totals. */
  async count(): Promise<number | null> {
    return null;
  }

  create(call: NewCall, operation: Operation): Promise<Call> {
    return this.#api.create({ type, body: toCreateForm(call), expected: 201 }, operation, this.#read);
  }

  /** A record does not show who placed the call, or for which document. */
  fits(): boolean {
    return true;
  }

  async end(id: string, how: Parameters<CallsAdapter['end']>[1], operation: Operation): Promise<void> {
    const body = how === 'CANCEL' ? 'Status=canceled' : 'Status=completed';
    await this.#api.write({ kind: 'end', id, type, body }, operation, this.#read);
  }

  async redirect(id: string, redirect: Redirect, operation: Operation): Promise<void> {
    const request = { kind: 'redirect', id, type, body: toRedirectForm(redirect) } as const;
    await this.#api.write(request, operation, this.#read);
  }

  async mute(): Promise<void> {
    throw unsupported(this.account, 'mute a call');
  }

  async replaceBxml(): Promise<void> {
    throw unsupported(this.account, 'replace the document of a call');
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  readonly #read = ({ text }: HttpResponse): Call => toCall(readCall(text), this.account);
}
