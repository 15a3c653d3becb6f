import querystring from 'node:querystring';
import type { Webhook } from '../../webhooks/webhook.ts';
import type { Address } from './leg.ts';

/** The parameters of a request in their order. Null becomes a bare name. */
export type Pairs = readonly (readonly [name: string, value: string | null])[];

/**
 * A request as Restcomm's Downloader sends it: with POST the query of the address moves into the form, with GET it
 * comes last. Credentials in the address count only with POST. Undefined for a method other than these, or an address
 * that is not absolute. Source: Restcomm-Connect HttpRequestDescriptor and Downloader.
 */
export function toRequest(
  address: Address,
  pairs: Pairs,
  about: { readonly event: string; readonly callId: string; readonly timeout: number },
): Webhook | undefined {
  const method = address.method.toUpperCase();
  if ((method !== 'GET' && method !== 'POST') || !URL.canParse(address.url)) return undefined;
  const url = new URL(address.url);
  const { username, password } = url;
  const all = [...pairs, ...url.searchParams];
  const form = toForm(all);
  url.hash = '';
  url.username = '';
  url.password = '';
  url.search = method === 'GET' ? form : '';
  if (method === 'GET') {
    const get: Webhook = { ...about, method, url: url.href, headers: HEADERS, body: '' };
    return {
      ...get,
      redirect: (status, location) => (FOLLOWED_WITH_GET.has(status) ? move(get, location) : undefined),
    };
  }
  const credentials =
    username === ''
      ? undefined
      : { username: querystring.unescape(username), password: querystring.unescape(password) };
  return {
    ...about,
    method,
    url: url.href,
    headers: { ...HEADERS, 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: form,
    credentials,
    redirect(status, location) {
      if (FOLLOWED_WITH_POST.has(status)) return toRequest({ url: location, method }, all, about);
      if (status !== 303) return undefined;
      return move({ ...about, method: 'GET', url: url.href, headers: HEADERS, body: '' }, location);
    },
  };
}

const FOLLOWED_WITH_GET = new Set([301, 302, 303, 307]);
const FOLLOWED_WITH_POST = new Set([301, 302, 307]);

const HEADERS = {
  'http.protocol.content-charset': 'UTF-8',
  'User-Agent': 'Apache-HttpClient/4.5.2 (Java/1.8.0_181)',
};

/** A GET that is redirected: to a relative address too, and without the parameters. */
function move(get: Webhook, location: string): Webhook | undefined {
  if (!URL.canParse(location, get.url)) return undefined;
  const moved: Webhook = { ...get, url: new URL(location, get.url).href };
  return {
    ...moved,
    redirect: (status, next) => (FOLLOWED_WITH_GET.has(status) ? move(moved, next) : undefined),
  };
}

/** `application/x-www-form-urlencoded`, with bare names. */
function toForm(pairs: Pairs): string {
  return pairs
    .map(([name, value]) => {
      const pair = new URLSearchParams({ [name]: value ?? '' }).toString();
      return value === null ? pair.slice(0, -1) : pair;
    })
    .join('&');
}
