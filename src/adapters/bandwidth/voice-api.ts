import type { Account } from '../../calls/account.ts';
import type { Limits } from '../../calls/calls-adapter.ts';
import type { ProviderError } from '../../calls/failure.ts';
import type { Operation } from '../../calls/operation.ts';
import { HttpClient } from '../../upstream/http-client.ts';
import { ProviderClient } from '../../upstream/provider-client.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { toProviderError, toUnsentError } from '../kit/rest/to-provider-error.ts';
import type { Auth } from './auth.ts';
import { createAuth } from './create-auth.ts';
import { toReadError, toWriteError } from './errors.ts';
import type { Subject } from './refused-field.ts';
import type { Settings } from './settings.ts';

/** Bandwidth docs, rate limits: what an account may place in a second unless more was agreed. */
const usualCallsPerSecond = 5;

/** A write, which leaves this process once. */
export interface Write {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly type: 'application/json' | 'application/xml';
  readonly body: string;
  /** Places a call, so it waits its turn under the account's calls per second. */
  readonly paced?: boolean;
}

/** Requests to the Voice API of one account, with its credentials. Rejects with ProviderError alone. */
export class VoiceApi {
  readonly #account: Account;
  readonly #http: ProviderClient;
  readonly #auth: Auth;
  readonly #root: string;

  constructor(settings: Settings, account: Account, limits: Limits, now: () => number) {
    this.#account = account;
    const { callsPerSecond = usualCallsPerSecond } = limits;
    this.#http = new ProviderClient(new HttpClient(settings.baseUrl, limits), limits, { callsPerSecond });
    this.#auth = createAuth(settings, account, limits, now);
    this.#root = `/accounts/${settings.accountId}/calls`;
  }

  /**
   * GET, repeated once with a new token when the one at hand is refused.
   *
   * @param path what follows `/accounts/{accountId}/calls`
   */
  async read(path: string, operation: Operation): Promise<HttpResponse> {
    try {
      const given = this.#auth.header(operation);
      const header = typeof given === 'string' ? given : await given;
      const answer = await this.#get(path, header, operation);
      if (answer.status !== 401 || !this.#auth.refused(header)) return answer;
      return await this.#get(path, await this.#auth.header(operation), operation);
    } catch (failure) {
      throw toProviderError(failure, this.#account, 'read');
    }
  }

  /** POST or PUT, once: a refused token is dropped, and asking again is up to the client. */
  async write(
    { method, path, type, body, paced = false }: Write,
    operation: Operation,
  ): Promise<HttpResponse> {
    const header = await this.#headerForWrite(operation);
    const headers = { authorization: header, 'content-type': type, accept: 'application/json' };
    const request = { method, path: this.#root + path, headers, body, paced };
    try {
      const answer = await this.#http.request(request, operation);
      if (answer.status === 401) this.#auth.refused(header);
      return answer;
    } catch (failure) {
      throw toProviderError(failure, this.#account, 'write');
    }
  }

  /** What an answer means that is not the one hoped for. */
  toReadError(answer: HttpResponse, subject: Subject): ProviderError {
    return toReadError(answer, this.#account, subject, this.#auth.advice);
  }

  toWriteError(answer: HttpResponse, subject: Subject): ProviderError {
    return toWriteError(answer, this.#account, subject, this.#auth.advice);
  }

  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#auth.close()]);
  }

  /** Apart from the sending: whatever goes wrong here, nothing was sent. */
  async #headerForWrite(operation: Operation): Promise<string> {
    try {
      return await this.#auth.header(operation);
    } catch (failure) {
      throw toUnsentError(failure, this.#account);
    }
  }

  #get(path: string, authorization: string, operation: Operation): Promise<HttpResponse> {
    const headers = { authorization, accept: 'application/json' };
    return this.#http.request({ method: 'GET', path: this.#root + path, headers }, operation);
  }
}
