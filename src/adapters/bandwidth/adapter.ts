import type { Account } from '../../calls/account.ts';
import type { AccountHealth } from '../../calls/account-health.ts';
import type { Call } from '../../calls/call.ts';
import type { AccountEntry, CallsAdapter } from '../../calls/calls-adapter.ts';
import type { CallHint, WebhookFields } from '../../calls/events/webhook.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { ListMemory } from '../kit/by-token/list-memory.ts';
import { readPage } from '../kit/by-token/read-page.ts';
import { CallsApi } from '../kit/rest/calls-api.ts';
import type { Write } from '../kit/rest/calls-request.ts';
import { toText } from '../kit/rest/json.ts';
import { notFound, unsupported } from '../kit/rest/provider-errors.ts';
import { fitsApplication, toApplicationId } from './application.ts';
import { createAuthorization } from './authorization.ts';
import { CallList } from './call-list.ts';
import { checkNewCall, checkRedirect } from './check-input.ts';
import { canMatch } from './list-query.ts';
import { refusals } from './refusals.ts';
import type { Settings } from './settings.ts';
import { toCall, toCreatedCall } from './to-call.ts';
import { endBody, toCreateBody, toRedirectBody } from './to-request.ts';
import { readWebhook } from './webhooks.ts';
import { expectNothing, readCall, readCreated } from './wire.ts';

/** One account at Bandwidth. */
export class BandwidthAdapter implements CallsAdapter {
  readonly account: Account;
  readonly health: AccountHealth;
  readonly documentLanguage = 'BXML';
  readonly #api: CallsApi;
  readonly #applicationId: string | undefined;
  readonly #now: () => number;
  readonly #lists: ListMemory;

  /** @param now milliseconds since the epoch, for the age of tokens and of the calls in a list */
  constructor(settings: Settings, { key, name, limits }: AccountEntry, now: () => number = Date.now) {
    this.account = {
      key,
      name,
      provider: 'BANDWIDTH',
      providerAccountId: settings.accountId,
      capabilities: [
        ...(['CREATE_CALL', 'REDIRECT_CALL', 'HANG_UP_CALL', 'CANCEL_CALL'] as const),
        ...(['UPDATE_BXML', 'CALL_EVENTS'] as const),
      ],
    };
    this.#applicationId = settings.applicationId;
    this.#now = now;
    this.#lists = new ListMemory(now);
    this.#api = new CallsApi({
      ...refusals,
      account: this.account,
      baseUrl: settings.baseUrl,
      // Unless more was agreed (Bandwidth docs, rate limits).
      limits: { callsPerSecond: 5, ...limits },
      authorization: createAuthorization(settings, this.account, limits, now),
      callsPath: `/accounts/${settings.accountId}/calls`,
      accept: 'application/json',
    });
    this.health = this.#api.health;
  }

  /** Bandwidth spec, getCallState. */
  get(id: string, operation: Operation): Promise<Call | null> {
    return this.#api.find({ id }, operation, ({ text }) => {
      const wire = readCall(text);
      if (wire !== null && wire.callId !== id) throw new Error('the record of another call');
      return wire && toCall(wire, this.account);
    });
  }

  async page(request: PageRequest, operation: Operation): Promise<Page> {
    if (!canMatch(request.filter)) return { calls: [], more: false };
    const list = new CallList(this.#api, this.account, operation, request.filter);
    return readPage(request, list, this.#now(), this.#lists);
  }

  /** The list has no totals (Bandwidth spec, listCalls). */
  async count(): Promise<number | null> {
    return null;
  }

  /** Bandwidth spec, createCall: 201 and the call, without its state. */
  async create(call: NewCall, operation: Operation): Promise<Call> {
    checkNewCall(call, this.account);
    const body = toCreateBody(call, toApplicationId(call, this.#applicationId, this.account));
    return this.#api.create({ ...toJson(body), expected: 201 }, operation, ({ text }) =>
      toCreatedCall(readCreated(text), this.account),
    );
  }

  fits(call: Call, newCall: NewCall): boolean {
    return fitsApplication(call, newCall, this.#applicationId);
  }

  /**
   * Bandwidth spec, updateCall: `completed` ends a call in any state. CANCEL is to spare a call that has been answered,
   * which Bandwidth cannot be told: the state is read first. A call answered between the two requests is hung up.
   */
  async end(id: string, how: Parameters<CallsAdapter['end']>[1], operation: Operation): Promise<void> {
    if (how === 'CANCEL') {
      const call = await this.get(id, operation);
      if (call === null) throw notFound(this.account);
      if (call.endReason !== null) throw new ProviderError('CONFLICT', 'The call has already ended.');
      if (call.answeredAt !== null || call.status === 'IN_PROGRESS') {
        throw new ProviderError('CONFLICT', 'The call has been answered, so it can no longer be cancelled.');
      }
    }
    await this.#change({ ...toJson(endBody), kind: 'end', id }, operation);
  }

  async redirect(id: string, redirect: Redirect, operation: Operation): Promise<void> {
    checkRedirect(redirect, this.account);
    await this.#change({ ...toJson(toRedirectBody(redirect)), kind: 'redirect', id }, operation);
  }

  async mute(): Promise<void> {
    throw unsupported(this.account, 'mute a call');
  }

  /** Bandwidth spec, updateCallBxml: the document itself, answered with 204. */
  async replaceBxml(id: string, bxml: string, operation: Operation): Promise<void> {
    const document = { method: 'PUT', below: '/bxml', type: 'application/xml', body: bxml } as const;
    await this.#change({ ...document, kind: 'bxml', id }, operation);
  }

  readWebhook(fields: WebhookFields): CallHint | null {
    return readWebhook(fields, this.account);
  }

  callIdOf(fields: WebhookFields): string | null {
    return toText(fields.callId);
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  /** Changes are answered without content. A list read before must not show what was changed as it was. */
  async #change(write: Write, operation: Operation): Promise<void> {
    try {
      await this.#api.write(write, operation, expectNothing);
    } finally {
      this.#lists.forget();
    }
  }
}

function toJson(body: object) {
  return { type: 'application/json', body: JSON.stringify(body) } as const;
}
