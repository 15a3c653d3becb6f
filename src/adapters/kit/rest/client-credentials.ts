import type { Account } from '../../../calls/account.ts';
import type { Limits } from '../../../calls/calls-adapter.ts';
import type { Operation } from '../../../calls/operation.ts';
import { toBasic } from '../../../runtime/to-basic.ts';
import { HttpClient } from '../../../upstream/http-client.ts';
import { HttpFailure } from '../../../upstream/http-failure.ts';
import type { Authorization } from './authorization.ts';
import { isObject, parseJson } from './json.ts';
import { toProviderError } from './to-provider-error.ts';
import { tokenRefusals } from './token-refusals.ts';
import { toVerdict } from './verdicts.ts';

interface Token {
  readonly header: string;
  /** Milliseconds by the clock given; from then on another token is fetched. */
  readonly renewAt: number;
}

/** Seconds: how long before its end a token is renewed, how long it lives by default and at most. */
const margin = 60;
const defaultLifetime = 3600;
const longestLifetime = 86_400;

export interface ClientCredentialsOptions {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly account: Account;
  readonly limits: Limits;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * OAuth 2 client credentials (RFC 6749, section 4.4): one token for all requests of the account, fetched once however
 * many requests wait for it. The fetch has a deadline of its own, so an operation that ends leaves the others waiting.
 */
export class ClientCredentials implements Authorization {
  readonly #options: ClientCredentialsOptions;
  readonly #http: HttpClient;
  readonly #path: string;
  #token: Token | undefined;
  #pending: Promise<Token> | undefined;
  /** Ends the fetch. */
  readonly #ending = new AbortController();
  #waiting = 0;
  #isClosing = false;

  constructor(options: ClientCredentialsOptions) {
    const { origin, pathname, search } = new URL(options.tokenUrl);
    this.#http = new HttpClient(origin, options.limits);
    this.#path = pathname + search;
    this.#options = options;
  }

  header(operation: Operation): string | Promise<string> {
    const token = this.#token;
    const isFresh = token !== undefined && this.#options.now() < token.renewAt;
    return isFresh ? token.header : this.#newHeader(operation);
  }

  /** Drops the token, unless another request has already brought a newer one. */
  refused(header: string): boolean {
    if (this.#token?.header === header) this.#token = undefined;
    return true;
  }

  advice(kind: 'read' | 'write'): string {
    const advice = 'Check the client id and secret in the configuration, and the roles they have.';
    if (kind === 'read') return advice;
    return `Therefore nothing was done. The request may be repeated, with a new token; if that fails: ${advice}`;
  }

  /** Gives up a token that nobody waits for any longer: its fetch may hang for as long as its deadline. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#waiting === 0) this.#ending.abort();
    await this.#http.close();
  }

  async #newHeader(operation: Operation): Promise<string> {
    if (operation.signal.aborted) throw new HttpFailure('aborted', false, operation.signal.reason);
    if (this.#pending === undefined) {
      operation.requests += 1;
      this.#pending = this.#fetch(operation).finally(() => {
        this.#pending = undefined;
      });
    }
    const began = performance.now();
    this.#waiting += 1;
    try {
      return (await waitFor(this.#pending, operation.signal)).header;
    } finally {
      this.#waiting -= 1;
      if (this.#isClosing && this.#waiting === 0) this.#ending.abort();
      operation.milliseconds += performance.now() - began;
    }
  }

  async #fetch({ span }: Operation): Promise<Token> {
    const { account, clientId, clientSecret, limits, now } = this.#options;
    const headers = {
      authorization: toBasic(clientId, clientSecret),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    };
    const body = 'grant_type=client_credentials';
    const request = { method: 'POST', path: this.#path, template: '{tokenUrl}', headers, body } as const;
    const signal = AbortSignal.any([AbortSignal.timeout(limits.headersTimeout), this.#ending.signal]);
    const send = () => this.#http.request(request, { signal, span, requests: 0, milliseconds: 0 });
    // Unlike a call, a token may be requested once more: at worst there are two, and one of them expires unused.
    const answer = await send()
      .catch((failure: unknown) => (isLost(failure) ? send() : Promise.reject(failure)))
      .catch((failure: unknown) => Promise.reject(toProviderError(failure, account, 'token')));
    const json = parseJson(answer.text);
    const { access_token: text, expires_in: expiresIn } = isObject(json) ? json : {};
    if (answer.status !== 200 || !isHeaderText(text)) {
      throw toVerdict(answer, { kind: 'get' }, { ...tokenRefusals, account });
    }
    const lifetime = toLifetime(expiresIn);
    // A token that lives for less than two minutes is used for half its life.
    const renewAt = now() + Math.max(lifetime - margin, lifetime / 2) * 1000;
    this.#token = { header: `Bearer ${text}`, renewAt };
    return this.#token;
  }
}

/** Whether the connection failed. */
function isLost(failure: unknown): boolean {
  return failure instanceof HttpFailure && (failure.kind === 'unreachable' || failure.kind === 'broken');
}

/** Printable ASCII, so that it breaks no header. */
function isHeaderText(text: unknown): text is string {
  return typeof text === 'string' && /^[\x21-\x7e]{1,16384}$/.test(text);
}

/** Seconds, by `expires_in` where that is a positive number. */
function toLifetime(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' ? Number(expiresIn) : expiresIn;
  const isLifetime = typeof seconds === 'number' && seconds > 0;
  return isLifetime ? Math.min(seconds, longestLifetime) : defaultLifetime;
}

/** The promise, or a rejection once the signal fires; the promise itself goes on. */
function waitFor<T>(promise: Promise<T>, signal: Operation['signal']): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandon = { handleEvent: () => reject(new HttpFailure('aborted', false, signal.reason)) };
    signal.addEventListener('abort', abandon, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon));
  });
}
