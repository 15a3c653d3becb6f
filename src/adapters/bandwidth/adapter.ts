import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import type { AccountEntry, CallsAdapter } from '../../calls/calls-adapter.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';
import type { Operation } from '../../calls/operation.ts';
import type { Page, PageRequest } from '../../calls/page.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { toPathSegment } from '../kit/rest/path-segment.ts';
import { outcomeUnknown } from '../kit/rest/to-provider-error.ts';
import { Application } from './application.ts';
import { checkNewCall, checkRedirect } from './check-input.ts';
import { misbehaved } from './errors.ts';
import { readPage } from './paging.ts';
import type { Subject } from './refused-field.ts';
import type { Settings } from './settings.ts';
import { toCall, toCreatedCall } from './to-call.ts';
import { endBody, toCreateBody, toRedirectBody } from './to-request.ts';
import { VoiceApi, type Write } from './voice-api.ts';
import { isWireCall, parseJson } from './wire.ts';

type End = Parameters<CallsAdapter['end']>[1];

/** One account at Bandwidth. */
export class BandwidthAdapter implements CallsAdapter {
  readonly account: Account;
  readonly #api: VoiceApi;
  readonly #application: Application;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch, for the age of tokens and of the calls in a list */
  constructor(settings: Settings, { key, name, limits }: AccountEntry, now: () => number = Date.now) {
    this.account = {
      key,
      name,
      provider: 'BANDWIDTH',
      providerAccountId: settings.accountId,
      capabilities: ['CREATE_CALL', 'REDIRECT_CALL', 'HANG_UP_CALL', 'CANCEL_CALL', 'UPDATE_BXML'],
    };
    this.#application = new Application(this.account, settings.applicationId);
    this.#api = new VoiceApi(settings, this.account, limits, now);
    this.#now = now;
  }

  /**
   * Bandwidth spec, getCallState. Its own migration toolkit has met an array of one in place of the
   * object, and an empty one says what 404 says.
   */
  async get(providerCallId: string, operation: Operation): Promise<Call | null> {
    const segment = toPathSegment(providerCallId);
    if (segment === undefined) return null;
    const answer = await this.#api.read(`/${segment}`, operation);
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw this.#api.toReadError(answer, 'call');
    const body = parseJson(answer.text);
    if (Array.isArray(body) && body.length === 0) return null;
    const wire: unknown = Array.isArray(body) && body.length === 1 ? body[0] : body;
    if (!isWireCall(wire)) throw misbehaved(this.account, 'no call in a 200');
    return toCall(wire, this.account);
  }

  page(request: PageRequest, operation: Operation): Promise<Page> {
    return readPage(request, { api: this.#api, account: this.account, operation, now: this.#now() });
  }

  /** The list has no totals (Bandwidth spec, listCalls). */
  async count(): Promise<number | null> {
    return null;
  }

  /** Bandwidth spec, createCall: 201 and the call, without its state. */
  async create(call: NewCall, operation: Operation): Promise<Call> {
    checkNewCall(call, this.account);
    const body = toCreateBody(call, this.#application.of(call));
    const answer = await this.#post('', body, operation, true);
    if (answer.status !== 201) throw this.#api.toWriteError(answer, 'create');
    const wire = parseJson(answer.text);
    if (!isWireCall(wire)) throw outcomeUnknown(this.account, { cause: 'no call in a 201' });
    return toCreatedCall(wire, this.account);
  }

  fits(call: Call, newCall: NewCall): boolean {
    return this.#application.fits(call, newCall);
  }

  /**
   * Bandwidth spec, updateCall: `completed` ends a call in any state. CANCEL is to spare one that has
   * been answered, which Bandwidth cannot be told: the state is read first, and a call answered between
   * the two requests is hung up all the same.
   */
  async end(providerCallId: string, how: End, operation: Operation): Promise<void> {
    if (how === 'CANCEL') {
      const call = await this.get(providerCallId, operation);
      if (call === null) throw this.#unknown();
      if (call.endReason !== null) throw this.#conflict('The call has already ended.');
      if (call.answeredAt !== null || call.status === 'IN_PROGRESS') {
        throw this.#conflict('The call has been answered, so it can no longer be cancelled.');
      }
    }
    await this.#update(providerCallId, endBody, 'end', operation);
  }

  async redirect(providerCallId: string, redirect: Redirect, operation: Operation): Promise<void> {
    checkRedirect(redirect, this.account);
    await this.#update(providerCallId, toRedirectBody(redirect), 'redirect', operation);
  }

  async mute(): Promise<void> {
    throw new ProviderError(
      'UNSUPPORTED_BY_PROVIDER',
      `${this.account.name} cannot mute a call: Bandwidth has no such operation.`,
    );
  }

  /** Bandwidth spec, updateCallBxml: the document itself, answered with 204. */
  async replaceBxml(providerCallId: string, bxml: string, operation: Operation): Promise<void> {
    const path = `${this.#pathOf(providerCallId)}/bxml`;
    this.#checkDone(
      await this.#write({ method: 'PUT', path, type: 'application/xml', body: bxml }, operation),
      'bxml',
    );
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  /** An update is answered with 200 and no body. */
  async #update(providerCallId: string, body: object, subject: Subject, operation: Operation): Promise<void> {
    const path = this.#pathOf(providerCallId);
    this.#checkDone(await this.#post(path, body, operation), subject);
  }

  /** @throws ProviderError NOT_FOUND for what can be the id of no call */
  #pathOf(providerCallId: string): string {
    const segment = toPathSegment(providerCallId);
    if (segment === undefined) throw this.#unknown();
    return `/${segment}`;
  }

  #post(path: string, body: object, operation: Operation, paced = false): Promise<HttpResponse> {
    const json = { type: 'application/json', body: JSON.stringify(body) } as const;
    return this.#write({ method: 'POST', path, ...json, paced }, operation);
  }

  #write(write: Write, operation: Operation): Promise<HttpResponse> {
    return this.#api.write(write, operation);
  }

  /** A web page in place of an empty answer comes from something in between: nobody knows what was done. */
  #checkDone(answer: HttpResponse, subject: Subject): void {
    const isDone = answer.status >= 200 && answer.status < 300 && !answer.text.trimStart().startsWith('<');
    if (!isDone) throw this.#api.toWriteError(answer, subject);
  }

  #unknown(): ProviderError {
    return new ProviderError('NOT_FOUND', `${this.account.name} has no such call, or no longer keeps it.`);
  }

  #conflict(message: string): ProviderError {
    return new ProviderError('CONFLICT', message);
  }
}
