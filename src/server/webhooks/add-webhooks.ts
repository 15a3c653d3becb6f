import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallsAdapter } from '../../calls/calls-adapter.ts';
import type { CallEvents } from '../../calls/events/call-events.ts';
import type { Forwarder } from '../../calls/forwarding/forwarder.ts';
import type { StatusHook, StatusHooks } from '../../calls/events/status-hooks.ts';
import { WebhookObserver } from '../../calls/events/webhook-observer.ts';
import type { ConfiguredAccount } from '../../config/accounts.ts';
import { sendHttpError } from '../http-errors.ts';
import { createLossLog } from '../loss-log.ts';
import { type ReceivedWebhook, toWebhookFields } from './webhook-fields.ts';
import { parseWebhookPath, queryOf, webhooksPath } from './webhook-path.ts';

/** Bytes of a webhook. Bandwidth's longest field, the tag, has 4096 characters. */
const maxBytes = 64 * 1024;
/** Requests whose secret is looked for in the store at a time. */
const maxLookups = 500;

export interface WebhookParts {
  readonly accounts: readonly Pick<ConfiguredAccount, 'entry' | 'webhookSecret'>[];
  readonly adapters: ReadonlyMap<string, CallsAdapter>;
  readonly events: Pick<CallEvents, 'observe'>;
  /** By account key. */
  readonly statusHooks: ReadonlyMap<string, Pick<StatusHooks, 'find'>>;
  readonly forwarder: Pick<Forwarder, 'add'>;
  /** See `WebhookObserverOptions`. */
  readonly readDelays?: readonly number[];
}

/**
 * Receives the webhooks of the providers, by POST and GET on `/webhooks/<account>/<secret>` and below. A webhook has no
 * caller: the secret in its path is what authenticates it. Whatever is wrong is answered with 404, all else with 204,
 * before anything is done with it, since a provider may stop a call's further webhooks while it waits.
 */
export function addWebhooks(app: FastifyInstance, parts: WebhookParts): void {
  const receivers = new Map<string, Receiver>();
  for (const { entry, webhookSecret } of parts.accounts) {
    const adapter = parts.adapters.get(entry.key);
    if (adapter?.readWebhook === undefined) continue;
    receivers.set(entry.key, createReceiver(app, adapter, parts, webhookSecret));
  }
  if (receivers.size === 0) return;
  app.addHook('preClose', async () => {
    for (const { observer } of receivers.values()) observer.close();
  });
  /** What takes a request, and for which call if the address is that of a call; undefined if there is no such address. */
  const find = async ({ url }: FastifyRequest): Promise<[Receiver, StatusHook?] | undefined> => {
    const { account = '', secret = '' } = parseWebhookPath(url) ?? {};
    const receiver = receivers.get(account);
    if (receiver === undefined) return undefined;
    if (receiver.isSecret(secret)) return [receiver];
    const hook = await lookUp(() => parts.statusHooks.get(account)?.find(secret));
    return hook && [receiver, hook];
  };
  const found = new WeakMap<FastifyRequest, [Receiver, StatusHook?]>();
  let lookups = 0;
  /** Asks the store, which answers later, for a bounded number of requests at a time. */
  const lookUp = async (read: () => Promise<StatusHook | undefined> | undefined) => {
    if (lookups >= maxLookups) return undefined;
    lookups += 1;
    try {
      return await read();
    } finally {
      lookups -= 1;
    }
  };
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const parse = { parseAs: 'buffer', bodyLimit: maxBytes } as const;
    scope.addContentTypeParser('*', parse, (_, body, done) => done(null, body));
    scope.setErrorHandler((_, __, reply) => sendHttpError(reply, 404));
    scope.route<{ Body: Buffer | undefined }>({
      method: ['GET', 'POST'],
      url: `${webhooksPath}*`,
      exposeHeadRoute: false,
      bodyLimit: maxBytes,
      // Before the body is read.
      onRequest: async (request, reply) => {
        const receiver = await find(request);
        if (receiver === undefined) return sendHttpError(reply, 404);
        found.set(request, receiver);
        return undefined;
      },
      handler: (request, reply) => {
        reply.code(204).send();
        const { headers, body = noBody, url } = request;
        const method = request.method === 'GET' ? 'GET' : 'POST';
        const webhook = { method, contentType: headers['content-type'], body, query: queryOf(url) } as const;
        const [receiver, hook] = found.get(request) ?? [];
        receiver?.receive(webhook);
        if (hook !== undefined) parts.forwarder.add(hook, webhook);
      },
    });
  });
}

const noBody = Buffer.alloc(0);

/** What takes the webhooks of one account. */
interface Receiver {
  readonly observer: WebhookObserver;
  isSecret(text: string): boolean;
  receive(webhook: ReceivedWebhook): void;
}

function createReceiver(
  app: FastifyInstance,
  adapter: CallsAdapter,
  { events, readDelays }: WebhookParts,
  secret: string | undefined,
): Receiver {
  const account = { account: adapter.account.key };
  const onUnreadable = createLossLog(app, 'unreadable', 'webhooks could not be read', account);
  const onDrop = createLossLog(app, 'dropped', 'webhooks were dropped: too many are pending', account);
  const observer = new WebhookObserver({ adapter, events, onDrop, readDelays });
  const expected = secret === undefined ? undefined : digestOf(secret);
  return {
    observer,
    // Digests have one length, which is what the comparison requires.
    isSecret: (text) => expected !== undefined && timingSafeEqual(digestOf(text), expected),
    receive(webhook) {
      try {
        observer.accept(toWebhookFields(webhook));
      } catch {
        onUnreadable();
      }
    },
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
