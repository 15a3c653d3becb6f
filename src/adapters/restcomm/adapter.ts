import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import type { AccountEntry, CallsAdapter } from '../../calls/calls-adapter.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import { HttpClient } from '../../upstream/http-client.ts';
import { ProviderClient } from '../../upstream/provider-client.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { toPathSegment } from '../kit/rest/path-segment.ts';
import { outcomeUnknown } from '../kit/rest/to-provider-error.ts';
import { CallsResource } from './calls-resource.ts';
import { createConnect, type Dialect, sbc } from './dialect.ts';
import {
  hasEnded,
  isNoSid,
  notFound,
  toCreateError,
  toReadError,
  toUpdateError,
  unreadable,
} from './errors.ts';
import { MutedCalls } from './muted-calls.ts';
import { Paging } from './paging.ts';
import type { Settings } from './settings.ts';
import { toCall } from './to-call.ts';
import { toCreateForm, toEndForm, toMuteForm, toRedirectForm } from './to-request.ts';
import { isOver, toStatus } from './to-status.ts';
import { type Format, readCall, readCreated } from './wire.ts';

/**
 * One account of a Restcomm Connect or SBC: translates in, asks once, translates out.
 *
 * A change of a live call is answered with the record as it was before (Restcomm-Connect
 * CallsEndpoint.updateCall). That is how it shows that a change had nothing to change: the server says 200
 * all the same.
 */
export class RestcommAdapter implements CallsAdapter {
  readonly account: Account;
  readonly #http: ProviderClient;
  readonly #resource: CallsResource;
  readonly #dialect: Dialect;
  readonly #format: Format;
  readonly #paging: Paging;
  readonly #muted = new MutedCalls();

  constructor(settings: Settings, { key, name, limits }: AccountEntry) {
    const dialect = settings.dialect === 'connect' ? createConnect(settings.accountSid) : sbc;
    this.account = {
      key,
      name,
      provider: 'RESTCOMM',
      providerAccountId: dialect.accountSid,
      capabilities: dialect.capabilities,
    };
    this.#dialect = dialect;
    this.#format = settings.format;
    const { callsPerSecond } = limits;
    this.#http = new ProviderClient(new HttpClient(settings.baseUrl, limits), limits, { callsPerSecond });
    this.#resource = new CallsResource(this.#http, this.account, dialect, settings);
    this.#paging = new Paging(this.#resource, this.account, dialect, settings.format);
  }

  async get(sid: string, operation: Operation): Promise<Call | null> {
    const segment = toPathSegment(sid);
    if (segment === undefined) return null;
    const isDoubtful = !this.#dialect.isCallSid(sid);
    const answer = await this.#resource.get(segment, isDoubtful, operation);
    if (answer.status === 404 || (isDoubtful && isNoSid(answer))) return null;
    if (!isSuccess(answer)) throw toReadError(answer, this.account);
    const call = this.#read(() => toCall(readCall(answer.text, this.#format), this.account, this.#dialect));
    if (call.providerCallId === sid) return call;
    // A database that ignores case finds the call by another spelling, which is no id of it.
    if (call.providerCallId.toLowerCase() === sid.toLowerCase()) return null;
    throw unreadable(this.account);
  }

  page(request: PageRequest, operation: Operation): Promise<Page> {
    return this.#paging.page(request, operation);
  }

  count(filter: PageRequest['filter'], operation: Operation): Promise<number | null> {
    return this.#paging.count(filter, operation);
  }

  async create(call: NewCall, operation: Operation): Promise<Call> {
    const answer = await this.#resource.create(toCreateForm(call), operation);
    if (!isSuccess(answer)) throw toCreateError(answer, this.account);
    try {
      return toCall(readCreated(answer.text, this.#format), this.account, this.#dialect);
    } catch (error) {
      throw outcomeUnknown(this.account, { cause: error });
    }
  }

  /**
   * A record does not show who placed the call, or for which application. A client may be registered on several
   * devices, each of which gets a call of its own: one of them may be of an attempt that owns another.
   */
  fits(_: Call, { to }: NewCall): boolean {
    return !/^client:/i.test(to.trim());
  }

  async end(sid: string, how: Parameters<CallsAdapter['end']>[1], operation: Operation): Promise<void> {
    const before = await this.#update(sid, toEndForm(how, this.#muted.has(sid)), operation);
    // Not yet answered is all that the server cancels; anything else it lets go on, without a word.
    if (how === 'CANCEL' && before !== 'QUEUED' && before !== 'RINGING') {
      throw new ProviderError('CONFLICT', `The call at ${this.account.name} has been answered.`);
    }
    this.#muted.set(sid, false);
  }

  async redirect(sid: string, redirect: Redirect, operation: Operation): Promise<void> {
    await this.#update(sid, toRedirectForm(redirect, this.#muted.has(sid)), operation);
  }

  async mute(sid: string, muted: boolean, operation: Operation): Promise<void> {
    const before = await this.#update(sid, toMuteForm(muted), operation).catch((failure: ProviderError) => {
      // Done or not, it is what was wished for.
      if (failure.code === 'OUTCOME_UNKNOWN') this.#muted.set(sid, muted);
      throw failure;
    });
    if (before !== 'IN_PROGRESS') {
      throw new ProviderError('CONFLICT', `The call at ${this.account.name} is not in progress.`);
    }
    this.#muted.set(sid, muted);
  }

  async replaceBxml(): Promise<void> {
    throw this.#unsupported();
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  /** Sends one change and gives the status that the call had before it. */
  async #update(sid: string, form: string, operation: Operation): Promise<Call['status']> {
    if (this.#dialect.name === 'sbc') throw this.#unsupported();
    const segment = toPathSegment(sid);
    if (segment === undefined) throw notFound(this.account);
    const answer = await this.#resource.update(segment, form, operation);
    if (!isSuccess(answer)) throw toUpdateError(answer, this.account);
    const before = this.#readBefore(answer, sid);
    if (isOver(before)) throw hasEnded(this.account);
    return before;
  }

  #readBefore(answer: HttpResponse, sid: string): Call['status'] {
    try {
      const before = readCall(answer.text, this.#format);
      if (before.sid.toLowerCase() !== sid.toLowerCase()) throw new Error('the record of another call');
      return toStatus(before.status);
    } catch (error) {
      throw outcomeUnknown(this.account, { cause: error });
    }
  }

  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw unreadable(this.account, error);
    }
  }

  #unsupported(): ProviderError {
    return new ProviderError('UNSUPPORTED_BY_PROVIDER', `${this.account.name} does not offer this.`);
  }
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}
