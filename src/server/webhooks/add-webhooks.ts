import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallsAdapter } from '../../calls/calls-adapter.ts';
import type { CallEvents } from '../../calls/events/call-events.ts';
import { WebhookObserver } from '../../calls/events/webhook-observer.ts';
import type { ConfiguredAccount } from '../../config/accounts.ts';
import { sendHttpError } from '../http-errors.ts';
import { createLossLog } from '../loss-log.ts';
import { type ReceivedWebhook, toWebhookFields } from './webhook-fields.ts';
import { parseWebhookPath, queryOf, webhooksPath } from './webhook-path.ts';

/** Bytes of a webhook. Bandwidth's longest field, the tag, has 4096 characters. */
const maxBytes = 64 * 1024;

export interface WebhookParts {
  readonly accounts: readonly Pick<ConfiguredAccount, 'entry' | 'webhookSecret'>[];
  readonly adapters: ReadonlyMap<string, CallsAdapter>;
  readonly events: Pick<CallEvents, 'observe'>;
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
  const find = ({ url }: Pick<FastifyRequest, 'url'>): Receiver | undefined => {
    const { account = '', secret } = parseWebhookPath(url) ?? {};
    const receiver = receivers.get(account);
    return secret !== undefined && receiver?.isSecret(secret) ? receiver : undefined;
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
        if (find(request) === undefined) return sendHttpError(reply, 404);
        return undefined;
      },
      handler: (request, reply) => {
        reply.code(204).send();
        const { headers, body, url } = request;
        const webhook = { contentType: headers['content-type'], body: body ?? noBody, query: queryOf(url) };
        find(request)?.receive(webhook);
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
