import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallsAdapter } from '../../calls/calls-adapter.ts';
import type { CallEventHub } from '../../calls/events/call-event-hub.ts';
import type { FoundHook } from '../../calls/events/status-hook.ts';
import type { StatusHooks } from '../../calls/events/status-hooks.ts';
import type { Forwarder } from '../../calls/forwarding/forwarder.ts';
import type { ConfiguredAccount } from '../../config/accounts.ts';
import { sendHttpError } from '../http-errors.ts';
import { Receiver } from './receiver.ts';
import { parseWebhookPath, queryOf, webhooksPath } from './webhook-path.ts';

/** Bytes of a webhook. Bandwidth's longest field, the tag, has 4096 characters. */
const maxBytes = 64 * 1024;
/** Requests whose address is looked for in the store at a time. */
const maxLookups = 500;

export interface WebhookParts {
  readonly accounts: { readonly current: { readonly open: ReadonlyMap<string, WebhookAccount> } };
  readonly events: Pick<CallEventHub, 'observe'>;
  statusHooksOf(accountKey: string): Pick<StatusHooks, 'isGenuine' | 'find' | 'accepts'> | undefined;
  readonly forwarder: Pick<Forwarder, 'add'>;
  /** See `WebhookObserverOptions`. */
  readonly readDelays?: readonly number[];
}

/** An account in its current configuration. */
export interface WebhookAccount {
  readonly configured: Pick<ConfiguredAccount, 'webhookSecret' | 'webhookCredentials'>;
  readonly adapter: CallsAdapter;
}

/** What takes a request, with the hook if it came to the address of a single call. */
interface Destination {
  readonly receiver: Receiver;
  readonly hook?: FoundHook;
}

/**
 * Receives the webhooks of the providers, by POST and GET on `/webhooks/<account>/<secret>` and below. A webhook has no
 * caller: the secret in its path is what authenticates it, at the address of an account with its credentials if they are
 * configured. Whatever is wrong, also what cannot be read, is answered with 404, and 503 where the store does not tell. All
 * else is answered with 204: before anything is done with it, since a provider may stop a call's further webhooks while it
 * waits, but not before what has to be sent on is kept.
 */
export function addWebhooks(app: FastifyInstance, parts: WebhookParts): void {
  const receivers = new Map<string, { readonly of: WebhookAccount; readonly receiver: Receiver }>();
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const { receiver } of receivers.values()) receiver.close();
  });
  /** The receiver of an account in its current configuration. */
  const receiverOf = (accountKey: string): Receiver | undefined => {
    const of = parts.accounts.current.open.get(accountKey);
    const known = receivers.get(accountKey);
    if (known !== undefined && known.of === of) return known.receiver;
    known?.receiver.close();
    receivers.delete(accountKey);
    if (of?.adapter.readWebhook === undefined) return undefined;
    const { adapter, configured: account } = of;
    const receiver = new Receiver(app.log, { ...parts, account, adapter });
    if (isClosing) receiver.close();
    receivers.set(accountKey, { of, receiver });
    return receiver;
  };
  let lookups = 0;
  /** What takes a request, or the status with which it is refused. */
  const find = async ({ params, headers }: FastifyRequest): Promise<Destination | 401 | 404 | 503> => {
    // Not of the URL: an application may have a prefix before it.
    const { account = '', secret = '' } = parseWebhookPath((params as { readonly '*': string })['*']) ?? {};
    const receiver = receiverOf(account);
    if (receiver?.isSecret(secret)) {
      const result = receiver.authorize(headers.authorization);
      return result === 'ok' ? { receiver } : result === 'challenge' ? 401 : 404;
    }
    const hooks = parts.statusHooksOf(account);
    // A forged secret costs no request to the store, which is bounded for all.
    if (receiver === undefined || !hooks?.isGenuine(secret)) return 404;
    if (lookups >= maxLookups) return 503;
    lookups += 1;
    try {
      const hook = await hooks.find(secret);
      return hook === undefined ? 404 : { receiver, hook };
    } catch {
      return 503;
    } finally {
      lookups -= 1;
    }
  };
  const found = new WeakMap<FastifyRequest, Destination>();
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
        const destination = await find(request);
        if (destination === 401) return challenge(reply);
        if (typeof destination === 'number') return sendHttpError(reply, destination);
        found.set(request, destination);
        return undefined;
      },
      handler: async (request, reply) => {
        const { headers, body = noBody, url } = request;
        const method = request.method === 'GET' ? 'GET' : 'POST';
        const webhook = { method, contentType: headers['content-type'], body, query: queryOf(url) } as const;
        const { receiver, hook } = found.get(request) ?? {};
        const fields = receiver?.read(webhook);
        if (receiver === undefined || fields === undefined) return sendHttpError(reply, 404);
        const hint = receiver.hintOf(fields);
        if (hook === undefined) {
          if (hint === undefined) return sendHttpError(reply, 404);
        } else {
          const callId = receiver.callIdOf(fields);
          const hooks = parts.statusHooksOf(hook.accountKey);
          if (callId === undefined || !(await hooks?.accepts(hook, callId))) return sendHttpError(reply, 404);
          // Also one that is not understood here: its application may understand it.
          await parts.forwarder.add(hook, webhook);
        }
        reply.code(204).send();
        if (hint) receiver.observe(hint);
        return reply;
      },
    });
  });
}

const noBody = Buffer.alloc(0);

/** Credentials are sent only after this (RFC 7617; Bandwidth docs, webhooks). */
function challenge(reply: FastifyReply): FastifyReply {
  return reply.code(401).header('www-authenticate', 'Basic realm="webhooks", charset="UTF-8"').send();
}
