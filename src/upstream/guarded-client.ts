import { lookup } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { createLookup, notReached, type Resolve } from './guarded-lookup.ts';
import { isLoopbackAddress, isPublicAddress, isPublicName } from './public-address.ts';
import { type GuardedRequest, toRedirected } from './redirected-request.ts';
import { userAgent } from './user-agent.ts';

/** A complete response, with any status that is no redirect. */
export interface GuardedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Where it came from, after redirects. */
  readonly url: string;
}

export interface GuardedClientOptions {
  /** Whether requests go to loopback addresses in place of public ones, by http too. */
  readonly toLoopback?: boolean;
  /** Milliseconds to connect, and to wait for the response. */
  readonly timeout?: number;
  /** The only hosts that `fetch` may name, in lower case; absent if it may name any. */
  readonly allow?: readonly string[] | undefined;
  readonly resolve?: Resolve;
}

/**
 * Sends requests to addresses that clients have chosen, and only to public ones: by https, and to no address of this
 * machine or of a private, link-local or otherwise special network, where the metadata of cloud machines is. Names are
 * resolved first, and the connection is made to the address that was checked, so that a name cannot resolve to another one
 * afterwards (DNS rebinding).
 *
 * `ssrf-req-filter` and `request-filtering-agent` were weighed: both filter agents of `node:http`, which undici does not use.
 */
export class GuardedClient {
  readonly #toLoopback: boolean;
  readonly #timeout: number;
  readonly #allow: ReadonlySet<string> | undefined;
  readonly #agent: Agent;

  constructor(options: GuardedClientOptions = {}) {
    const { toLoopback = false, timeout = defaultTimeout, allow, resolve = lookup } = options;
    this.#toLoopback = toLoopback;
    this.#timeout = timeout;
    this.#allow = allow && new Set(allow);
    const isAllowed = toLoopback ? isLoopbackAddress : isPublicAddress;
    this.#agent = new Agent({
      connect: { timeout, lookup: createLookup(resolve, isAllowed) },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      maxResponseSize: maxBytes,
    });
  }

  /** Whether a request may go to this URL, as far as the URL itself tells. */
  mayReach(url: string): boolean {
    const { protocol, hostname } = parse(url) ?? {};
    if (protocol === undefined || hostname === undefined) return false;
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    if (this.#toLoopback) {
      return /^https?:$/.test(protocol) && (host === 'localhost' || isLoopbackAddress(host));
    }
    return protocol === 'https:' && (isIP(host) === 0 ? isPublicName(host) : isPublicAddress(host));
  }

  /**
   * Whether `fetch` may ask this URL, as far as the URL itself tells: its host must be allowed, its port one that providers
   * call (Bandwidth docs, callbacks), and a user name has no place in it.
   */
  mayFetch(url: string): boolean {
    if (!this.mayReach(url)) return false;
    const { hostname, port, username, password } = new URL(url);
    const isPort = port === '' || port === '80' || Number(port) >= 1024;
    const isAllowed = this.#allow?.has(hostname.replace(/\.$/, '')) ?? true;
    return isPort && isAllowed && username === '' && password === '';
  }

  /**
   * Sends one request, follows no redirect and reads no response.
   *
   * @returns the status of the response
   * @throws Error when there is none, or the address may not be reached
   */
  async send(request: GuardedRequest): Promise<number> {
    if (!this.mayReach(request.url)) throw new Error(notReached);
    // The other timeouts begin anew with each byte of a response that comes byte by byte.
    const { statusCode, body } = await this.#request(request, AbortSignal.timeout(2 * this.#timeout));
    await body.dump({ limit: maxBytes }).catch(() => undefined);
    return statusCode;
  }

  /**
   * Sends a request and reads the response, of at most 64 KB. Follows three redirects, each to where `fetch` may go; what
   * becomes of method and body is as the Fetch standard has it (HTTP-redirect fetch), and credentials stay with their origin.
   *
   * @param signal ends it, redirects included
   * @throws Error when there is no complete response, or an address may not be reached
   */
  async fetch(first: GuardedRequest, signal: AbortSignal): Promise<GuardedResponse> {
    let asked = first;
    for (let redirects = 0; ; redirects++) {
      if (!this.mayFetch(asked.url)) throw new Error(notReached);
      const { statusCode: status, headers, body } = await this.#request(asked, signal);
      const { location } = headers;
      if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string') {
        return { status, headers, body: Buffer.from(await body.arrayBuffer()), url: asked.url };
      }
      await body.dump({ limit: maxBytes }).catch(() => undefined);
      if (redirects === maxRedirects) throw new Error('too many redirects');
      if (location.length > maxLength) throw new Error(notReached);
      asked = toRedirected(asked, status, new URL(location, asked.url));
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #request(
    { url, method, headers, body }: GuardedRequest,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const sent = { ...headers, 'user-agent': userAgent };
    return request(url, { dispatcher: this.#agent, method, headers: sent, body: body ?? null, signal });
  }
}

const defaultTimeout = 10_000;
/** Of a response. */
const maxBytes = 64 * 1024;
const maxRedirects = 3;
/** Characters of a URL, as in the input of a mutation. */
const maxLength = 2048;

/**
 * Undefined for what is no URL, or so long that reading it takes long: converting a host to ASCII takes time that grows with
 * the square of its length.
 */
function parse(url: string): URL | undefined {
  try {
    return url.length > maxLength ? undefined : new URL(url);
  } catch {
    return undefined;
  }
}
