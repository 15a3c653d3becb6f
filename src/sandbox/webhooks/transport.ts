import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import type { Clock } from '../clock.ts';
import { isLoopback } from './is-loopback.ts';
import type { Delivery, Webhook, WebhookResult } from './webhook.ts';

/** Sends webhooks over sockets, to loopback addresses only. */
export interface Transport {
  /** Sends a webhook with its challenge, its retry and its redirects. With `hangs` the request is never complete. */
  send(webhook: Webhook, hangs?: boolean): Promise<WebhookResult>;
  /** Abandons everything. */
  close(): Promise<void>;
}

/** Redirects that are followed for one webhook. Apache HttpClient's default is 50. */
const REDIRECT_LIMIT = 50;
/** The longest body that is read, in characters; more than any document may have. */
const BODY_LIMIT = 1_000_000;

/** Creates a transport. `record` is called for each request when it is over. */
export function createTransport(clock: Clock, record: (delivery: Delivery) => void): Transport {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const pending = new Set<AbortController>();

  const exchange = async (webhook: Webhook, hangs: boolean): Promise<WebhookResult> => {
    const { event, callId, method, url } = webhook;
    const at = clock.now();
    const result = isLoopback(url) ? await roundTrip(webhook, hangs) : ({ kind: 'refused' } as const);
    record({
      event,
      callId,
      method,
      url,
      at,
      result: result.kind === 'response' ? result.status : result.kind,
    });
    return result;
  };

  const roundTrip = async (webhook: Webhook, hangs: boolean): Promise<WebhookResult> => {
    const abort = new AbortController();
    pending.add(abort);
    const cancel = clock.schedule(clock.now() + webhook.timeout, () => abort.abort(timedOut));
    try {
      if (hangs && webhook.body === '') return await untilAborted(abort.signal);
      const { statusCode, headers, body } = await request(withoutUserinfo(webhook.url), {
        method: webhook.method,
        headers: { ...webhook.headers, ...(hangs ? lengthOf(webhook.body) : {}) },
        body: webhook.body === '' ? null : hangs ? toHalf(webhook.body) : webhook.body,
        dispatcher: agent,
        signal: abort.signal,
      });
      let text = '';
      body.setEncoding('utf8');
      for await (const chunk of body) {
        text += chunk;
        if (text.length > BODY_LIMIT) break;
      }
      return { kind: 'response', status: statusCode, headers: toTexts(headers), body: text };
    } catch {
      return { kind: abort.signal.reason === timedOut ? 'timeout' : 'unreachable' };
    } finally {
      cancel();
      pending.delete(abort);
    }
  };

  /** One request, and a second one with credentials if the first was challenged. */
  const authorized = async (webhook: Webhook, hangs: boolean): Promise<WebhookResult> => {
    const first = await exchange(webhook, hangs);
    const { credentials } = webhook;
    if (first.kind !== 'response' || first.status !== 401 || credentials === undefined) return first;
    if (!/^basic\b/i.test(first.headers['www-authenticate'] ?? '')) return first;
    const pair = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
    const headers = { ...webhook.headers, Authorization: `Basic ${pair}` };
    return exchange({ ...webhook, headers }, hangs);
  };

  return {
    async send(webhook, hangs = false) {
      let current = webhook;
      for (let hops = 0; ; hops++) {
        let result = await authorized(current, hangs);
        if (result.kind === 'unreachable' && current.retries === true)
          result = await authorized(current, hangs);
        if (result.kind !== 'response' || hops === REDIRECT_LIMIT) return result;
        const { location } = result.headers;
        const isRedirect = result.status >= 300 && result.status < 400 && location !== undefined;
        const next = isRedirect ? current.redirect?.(result.status, location) : undefined;
        if (next === undefined) return result;
        current = next;
      }
    },
    async close() {
      for (const abort of pending) abort.abort();
      await agent.destroy();
    },
  };
}

/** The reason of an abort because of the time-out. */
const timedOut = Symbol('timed out');

/** Rejects when the signal fires. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

function withoutUserinfo(url: string): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

const lengthOf = (body: string) => ({ 'Content-Length': String(Buffer.byteLength(body)) });

/** A stream of the first half of a body that does not end. */
function toHalf(body: string): Readable {
  const stream = new Readable({ read() {} });
  stream.push(body.slice(0, Math.floor(body.length / 2)));
  return stream;
}

function toTexts(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) texts[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return texts;
}
