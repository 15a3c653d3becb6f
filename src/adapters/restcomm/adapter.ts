import type { Account } from '../../calls/account.ts';
import type { AccountHealth } from '../../calls/account-health.ts';
import type { Call } from '../../calls/call.ts';
import type { AccountEntry, CallsAdapter } from '../../calls/calls-adapter.ts';
import { isEnded } from '../../calls/events/status-rank.ts';
import type { WebhookFields } from '../../calls/events/webhook.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { basicAuthorization } from '../kit/rest/authorization.ts';
import { CallsApi } from '../kit/rest/calls-api.ts';
import type { Write } from '../kit/rest/calls-request.ts';
import { toText } from '../kit/rest/json.ts';
import { unsupported } from '../kit/rest/provider-errors.ts';
import { createConnect, sbc } from './dialect.ts';
import type { ListServer } from './list-requests.ts';
import { MutedCalls } from './muted-calls.ts';
import { Paging } from './paging.ts';
import { refusals } from './refusals.ts';
import type { Settings } from './settings.ts';
import { toCall } from './to-call.ts';
import { toCreateForm, toEndForm, toRedirectForm } from './to-request.ts';
import { readWebhook } from './webhooks.ts';
import { readCall, type WireCall } from './wire.ts';
import { toStatus } from './words.ts';

const type = 'application/x-www-form-urlencoded';

/**
 * One account of a Restcomm Connect or SBC.
 *
 * A change of a live call is answered with the record as it was before (Restcomm-Connect CallsEndpoint.updateCall).
 * Only that record shows that there was nothing to change: the server says 200 all the same.
 */
export class RestcommAdapter implements CallsAdapter {
  readonly account: Account;
  readonly health: AccountHealth;
  /** SBC fetches no documents and sends no webhooks. */
  readonly documentLanguage?: 'RCML';
  readonly readWebhook?: NonNullable<CallsAdapter['readWebhook']>;
  readonly #api: CallsApi;
  readonly #server: ListServer;
  readonly #paging: Paging;
  readonly #muted: MutedCalls;

  constructor(settings: Settings, { key, name, limits, muted, hostsDocuments }: AccountEntry) {
    const dialect = settings.dialect === 'connect' ? createConnect(settings.accountSid) : sbc;
    const isHosted = dialect.name === 'connect' && hostsDocuments === true;
    this.account = {
      key,
      name,
      provider: 'RESTCOMM',
      // SBC has no accounts in its addresses.
      providerAccountId: 'accountSid' in settings ? settings.accountSid : null,
      capabilities: isHosted ? [...dialect.capabilities, 'UPDATE_BXML'] : dialect.capabilities,
    };
    if (dialect.name === 'connect') {
      this.documentLanguage = 'RCML';
      this.readWebhook = (fields) => readWebhook(fields, this.account, dialect);
    }
    this.#muted = new MutedCalls(this.account, muted);
    this.#api = new CallsApi({
      ...refusals,
      account: this.account,
      baseUrl: settings.baseUrl,
      limits,
      authorization: basicAuthorization(settings.auth),
      callsPath: dialect.callsPath,
      // Overrides Accept; without it Connect goes by Accept and SBC writes XML.
      suffix: settings.format === 'json' ? '.json' : '',
      accept: `application/${settings.format}`,
    });
    this.health = this.#api.health;
    this.#server = { api: this.#api, account: this.account, dialect, format: settings.format };
    this.#paging = new Paging(this.#server);
  }

  get(sid: string, operation: Operation): Promise<Call | null> {
    const request = { id: sid, isDoubtful: !this.#server.dialect.isCallSid(sid) };
    return this.#api.find(request, operation, ({ text }) => {
      const wire = this.#readRecord(text, sid);
      return wire.sid === sid ? toCall(wire, this.account, this.#server.dialect) : null;
    });
  }

  page(request: PageRequest, operation: Operation): Promise<Page> {
    return this.#paging.page(request, operation);
  }

  count(filter: PageRequest['filter'], operation: Operation): Promise<number | null> {
    return this.#paging.count(filter, operation);
  }

  async create(call: NewCall, operation: Operation): Promise<Call> {
    const body = toCreateForm(call);
    return this.#api.create({ type, body }, operation, ({ text }) =>
      toCall(readCall(text, this.#server.format), this.account, this.#server.dialect),
    );
  }

  /**
   * A record does not show who placed the call, or for which application. A client may be registered on several
   * devices, each of which gets a call of its own: one of them may be of an attempt that owns another.
   */
  fits(_: Call, newCall: NewCall): boolean {
    return !this.mayFork(newCall);
  }

  mayFork({ to }: NewCall): boolean {
    return /^client:/i.test(to.trim());
  }

  callIdOf(fields: WebhookFields): string | null {
    return toText(fields.CallSid);
  }

  async end(sid: string, how: Parameters<CallsAdapter['end']>[1], operation: Operation): Promise<void> {
    const isMuted = how === 'CANCEL' && (await this.#muted.has(sid));
    const before = await this.#change('end', sid, toEndForm(how, isMuted), operation);
    // The server cancels a call that is not yet answered; any other goes on, without an error.
    if (how === 'CANCEL' && before !== 'QUEUED' && before !== 'RINGING') {
      throw this.#conflict('has been answered');
    }
    await this.#muted.set(sid, false).catch(() => undefined);
  }

  async redirect(sid: string, redirect: Redirect, operation: Operation): Promise<void> {
    const body = toRedirectForm(redirect, await this.#muted.has(sid));
    await this.#change('redirect', sid, body, operation);
  }

  async mute(sid: string, muted: boolean, operation: Operation): Promise<void> {
    await this.#muted.change(sid, muted, async () => {
      const before = await this.#change('mute', sid, `Mute=${muted}`, operation);
      if (before !== 'IN_PROGRESS') throw this.#conflict('is not in progress');
    });
  }

  async replaceBxml(): Promise<void> {
    throw unsupported(this.account, 'replace the document of a call');
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  /** Sends one change and gives the status that the call had before it. */
  async #change(kind: Write['kind'], id: string, body: string, operation: Operation) {
    if (this.#server.dialect.name === 'sbc') throw unsupported(this.account, 'change a call');
    const before = await this.#api.write({ kind, id, type, body }, operation, ({ text }) =>
      toStatus(toText(this.#readRecord(text, id).status)),
    );
    if (isEnded(before)) throw this.#conflict('has ended');
    return before;
  }

  /** A database that ignores case finds a call by other spellings of its sid, too. */
  #readRecord(text: string, sid: string): WireCall {
    const wire = readCall(text, this.#server.format);
    if (wire.sid.toLowerCase() === sid.toLowerCase()) return wire;
    throw new Error('the record of another call');
  }

  #conflict(what: string): ProviderError {
    return new ProviderError('CONFLICT', `The call at ${this.account.name} ${what}.`);
  }
}
