import type { Account } from '../../calls/account.ts';
import type { Operation } from '../../calls/operation.ts';
import type { ProviderClient } from '../../upstream/provider-client.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { toProviderError } from '../kit/rest/to-provider-error.ts';
import type { Dialect } from './dialect.ts';
import type { Format } from './wire.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * The calls of one account as a resource on the web. `.json` at the end of the path asks for JSON in both
 * dialects and overrides Accept; without it Connect goes by Accept and SBC writes XML.
 */
export class CallsResource {
  readonly #http: ProviderClient;
  readonly #account: Account;
  readonly #path: string;
  readonly #suffix: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    http: ProviderClient,
    account: Account,
    dialect: Dialect,
    options: { readonly auth: Credentials; readonly format: Format },
  ) {
    const { auth, format } = options;
    this.#http = http;
    this.#account = account;
    this.#path = dialect.callsPath;
    this.#suffix = format === 'json' ? '.json' : '';
    // The scheme in exactly this case, the pair in UTF-8 (UserIdentityContext.java).
    const pair = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
    this.#headers = { authorization: `Basic ${pair}`, accept: `application/${format}` };
  }

  /**
   * @param segment the sid as it stands in a path; here and below
   * @param isDoubtful whether the server may fail because it is no sid
   * @throws ProviderError when there is no whole answer; any status is an answer. Here and below.
   */
  get(segment: string, isDoubtful: boolean, operation: Operation): Promise<HttpResponse> {
    return this.#read(`${this.#path}/${segment}${this.#suffix}`, operation, isDoubtful);
  }

  list(query: URLSearchParams, operation: Operation): Promise<HttpResponse> {
    return this.#read(`${this.#path}${this.#suffix}?${query}`, operation);
  }

  /** Goes out once, whatever becomes of it: no request of Restcomm's can be told from its repetition. */
  create(form: string, operation: Operation): Promise<HttpResponse> {
    return this.#write({ path: `${this.#path}${this.#suffix}`, body: form, paced: true }, operation);
  }

  /** As for `create`. */
  update(segment: string, form: string, operation: Operation): Promise<HttpResponse> {
    return this.#write({ path: `${this.#path}/${segment}${this.#suffix}`, body: form }, operation);
  }

  async #read(path: string, operation: Operation, isDoubtful = false): Promise<HttpResponse> {
    try {
      const request = { method: 'GET', path, headers: this.#headers, isDoubtful } as const;
      return await this.#http.request(request, operation);
    } catch (failure) {
      throw toProviderError(failure, this.#account, 'read');
    }
  }

  async #write(
    write: { path: string; body: string; paced?: true },
    operation: Operation,
  ): Promise<HttpResponse> {
    const headers = { ...this.#headers, 'content-type': 'application/x-www-form-urlencoded' };
    try {
      return await this.#http.request({ method: 'POST', headers, ...write }, operation);
    } catch (failure) {
      throw toProviderError(failure, this.#account, 'write');
    }
  }
}
