import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { userAgent } from './user-agent.ts';

/** A request to an address that somebody else has chosen. */
export interface GuardedRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/**
 * Sends requests to addresses that clients have chosen, and only to public ones: by https, and to no address of this
 * machine or of a private, link-local or otherwise special network (the IANA registries of special-purpose addresses), where
 * the metadata of cloud machines is. Names are resolved first and the connection is made to the address that was checked, so
 * that a name cannot have another one afterwards. Redirects are not followed, and what is answered is not read.
 *
 * `ssrf-req-filter` and `request-filtering-agent` were weighed: both filter agents of `node:http`, which undici has not.
 */
export class GuardedClient {
  readonly #toLoopback: boolean;
  readonly #timeout: number;
  readonly #resolve: Resolve;
  readonly #agent: Agent;

  /** @param toLoopback whether requests go to loopback addresses in place of public ones, by http too */
  constructor(toLoopback = false, timeout = defaultTimeout, resolve: Resolve = lookup) {
    this.#toLoopback = toLoopback;
    this.#timeout = timeout;
    this.#resolve = resolve;
    this.#agent = new Agent({
      connect: { timeout, lookup: (...of) => this.#lookup(...of) },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      maxResponseSize: 64 * 1024,
    });
  }

  /** Whether a request may go to this URL, as far as the URL itself tells. */
  mayReach(url: string): boolean {
    const { protocol, hostname } = new URL(url);
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    if (this.#toLoopback) return host === 'localhost' || this.#isAllowed(host);
    return protocol === 'https:' && (isIP(host) === 0 ? isPublicName(host) : this.#isAllowed(host));
  }

  /**
   * Sends one request.
   *
   * @returns the status of the response
   * @throws Error when there is none, or the address may not be reached
   */
  async send({ url, method, headers, body }: GuardedRequest): Promise<number> {
    if (!this.mayReach(url)) throw new Error('the address may not be reached');
    const { statusCode, body: answer } = await request(url, {
      dispatcher: this.#agent,
      method,
      headers: { ...headers, 'user-agent': userAgent },
      body: body ?? null,
      // The other timeouts begin anew with each byte of a response that comes byte by byte.
      signal: AbortSignal.timeout(2 * this.#timeout),
    });
    await answer.dump({ limit: 64 * 1024 }).catch(() => undefined);
    return statusCode;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #isAllowed(address: string): boolean {
    const family = isIP(address);
    if (family === 0) return false;
    if (this.#toLoopback) return loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
    return family === 4 ? !special4.check(address, 'ipv4') : !special6.check(address, 'ipv6');
  }

  /** Node's `lookup`, which fails if one of the addresses of a name is not allowed. */
  #lookup(...[name, options, done]: Parameters<LookupFunction>): void {
    this.#resolve(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return done(error ?? new Error('no address'), '');
      if (!addresses.every(({ address }) => this.#isAllowed(address))) {
        return done(new Error('the address may not be reached'), '');
      }
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  }
}

/** `lookup` of `node:dns` for all addresses of a name. */
type Resolve = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Milliseconds to connect, and to wait for the response. */
const defaultTimeout = 10_000;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

// Two lists, since one finds an IPv4 address in rules for IPv6 too.
const special4 = new BlockList();
for (const [address, prefix] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
  ] as const),
  ...([
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
  ] as const),
  ...([
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
  ] as const),
  ...([
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as const),
] as const) {
  special4.addSubnet(address, prefix, 'ipv4');
}
const special6 = new BlockList();
// Everything but global unicast (2000::/3), and what in it is special or has an IPv4 address in it.
for (const [address, prefix] of [
  ...([
    ['::', 3],
    ['4000::', 2],
    ['8000::', 1],
    ['2001::', 23],
  ] as const),
  ...([
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ] as const),
] as const) {
  special6.addSubnet(address, prefix, 'ipv6');
}

/** Names without a dot, and those that never are public (RFC 6761, RFC 6762, RFC 8375), are of a local network. */
function isPublicName(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase();
  return name.includes('.') && !/\.(?:localhost|local|internal|home\.arpa|test|invalid|onion)$/.test(name);
}
