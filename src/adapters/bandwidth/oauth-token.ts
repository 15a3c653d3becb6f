import type { Account } from '../../calls/account.ts';
import type { Limits } from '../../calls/calls-adapter.ts';
import type { Operation } from '../../calls/operation.ts';
import { HttpClient } from '../../upstream/http-client.ts';
import { HttpFailure } from '../../upstream/http-failure.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { type Auth, toBasic } from './auth.ts';
import { toTokenFailure, toTokenRefusal } from './token-failure.ts';
import { isObject, parseJson } from './wire.ts';

interface Token {
  readonly header: string;
  /** Milliseconds by the clock given, from when on another one is fetched. */
  readonly renewAt: number;
}

/** Seconds. Bandwidth's own clients renew a minute early and take an hour where nothing is said. */
const early = 60;
const usual = 3600;
const longest = 86_400;

/**
 * OAuth 2 client credentials (Bandwidth spec, security scheme OAuth2; RFC 6749, section 4.4): one token
 * for all requests of the account, fetched once however many wait for it. The fetch belongs to nobody:
 * it has a deadline of its own, and an operation that gives up leaves the others waiting.
 */
export class TokenSource implements Auth {
  readonly advice = 'Look at the client id and secret in the configuration, and at the roles they have.';
  readonly #account: Account;
  readonly #http: HttpClient;
  readonly #path: string;
  readonly #basic: string;
  readonly #timeout: number;
  readonly #now: () => number;
  #token: Token | undefined;
  #pending: Promise<Token> | undefined;

  constructor(
    tokenUrl: string,
    credentials: { readonly clientId: string; readonly clientSecret: string },
    account: Account,
    limits: Limits,
    now: () => number,
  ) {
    const { origin, pathname, search } = new URL(tokenUrl);
    this.#http = new HttpClient(origin, limits);
    this.#path = pathname + search;
    this.#basic = toBasic(credentials.clientId, credentials.clientSecret);
    this.#account = account;
    this.#timeout = limits.headersTimeout;
    this.#now = now;
  }

  header(operation: Operation): string | Promise<string> {
    const token = this.#token;
    return token !== undefined && this.#now() < token.renewAt ? token.header : this.#newHeader(operation);
  }

  async #newHeader(operation: Operation): Promise<string> {
    if (operation.signal.aborted) throw new HttpFailure('aborted', false, operation.signal.reason);
    if (this.#pending === undefined) {
      operation.requests += 1;
      this.#pending = this.#fetch().finally(() => {
        this.#pending = undefined;
      });
    }
    const began = performance.now();
    try {
      return (await waitFor(this.#pending, operation.signal)).header;
    } finally {
      operation.milliseconds += performance.now() - began;
    }
  }

  /** Drops the token, unless another request has already brought a newer one. */
  refused(header: string): boolean {
    if (this.#token?.header === header) this.#token = undefined;
    return true;
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  async #fetch(): Promise<Token> {
    const answer = await this.#ask();
    const body = parseJson(answer.text);
    const text = isObject(body) ? body.access_token : undefined;
    if (answer.status !== 200 || !isObject(body) || typeof text !== 'string' || !isHeaderText(text)) {
      throw toTokenRefusal(answer, this.#account);
    }
    const lifetime = toLifetime(body.expires_in);
    // A token that lives for less than two minutes is used for half its life.
    const renewAt = this.#now() + Math.max(lifetime - early, lifetime / 2) * 1000;
    this.#token = { header: `Bearer ${text}`, renewAt };
    return this.#token;
  }

  async #ask(): Promise<HttpResponse> {
    const headers = {
      authorization: this.#basic,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    };
    const body = 'grant_type=client_credentials';
    const request = { method: 'POST', path: this.#path, headers, body } as const;
    const waiter = { signal: AbortSignal.timeout(this.#timeout), requests: 0, milliseconds: 0 };
    try {
      return await this.#http.request(request, waiter).catch((failure: unknown) => {
        if (!isLost(failure)) throw failure;
        return this.#http.request(request, waiter);
      });
    } catch (failure) {
      throw toTokenFailure(failure, this.#account);
    }
  }
}

/**
 * Whether the connection failed. Unlike a call, a token may be asked for once more then: at worst there are two,
 * and one of them expires unused.
 */
function isLost(failure: unknown): boolean {
  return failure instanceof HttpFailure && (failure.kind === 'unreachable' || failure.kind === 'broken');
}

function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]{1,16384}$/.test(text);
}

/** Seconds, as `expires_in` says if it can be believed. */
function toLifetime(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' ? Number(expiresIn) : expiresIn;
  return typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, longest) : usual;
}

/** The promise, or the signal's giving up: what is waited for goes on without us. */
function waitFor<T>(promise: Promise<T>, signal: Operation['signal']): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandon = { handleEvent: () => reject(new HttpFailure('aborted', false, signal.reason)) };
    signal.addEventListener('abort', abandon, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon));
  });
}
