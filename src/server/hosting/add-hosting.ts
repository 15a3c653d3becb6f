import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../../api/create-core.ts';
import type { DocumentLanguage } from '../../calls/calls-adapter.ts';
import type { CallbackFields } from '../../hosting/callback-event.ts';
import { CallbackProxy, hangupDocument } from '../../hosting/callback-proxy.ts';
import { toServed } from '../../hosting/hosted-documents.ts';
import { callbacksPath, documentsPath, silenceName } from '../../hosting/hosted-paths.ts';
import type { FoundScript } from '../../hosting/hosted-script.ts';
import type { HostedKind } from '../../hosting/hosted-secret.ts';
import { createSilence } from '../../hosting/silence.ts';
import { createLossLog } from '../loss-log.ts';
import { toPairs } from '../webhooks/webhook-fields.ts';
import { queryOf } from '../webhooks/webhook-path.ts';

/** Bytes of a request. Bandwidth's longest field, the tag, has 4096 characters. */
const maxBytes = 64 * 1024;

/**
 * Serves documents and takes callbacks, by GET and POST on `/documents/<secret>` and `/callbacks/<secret>`. The secret is what
 * authenticates a request. The status is 200 whatever has become of the document, since Restcomm leaves a call up and silent
 * after a 404; only if the store fails is it 503, so that the fallback of the call is asked.
 */
export function addHosting(app: FastifyInstance, { parts, guarded, forwarder, metrics }: Core): void {
  const { hosting, accounts } = parts;
  /** Counts a request by how it has ended. */
  const onServed = (kind: HostedKind, outcome: string) => metrics?.hosting.served(kind, outcome);
  const adapterOf = (accountKey: string) => accounts.current.adapters.get(accountKey);
  if (!hosting.isReachable) return;
  const unknown = createLossLog(app, 'requests', 'documents or callbacks were asked for that are not there');
  const proxy = new CallbackProxy({
    hosting,
    accountOf: (accountKey) => adapterOf(accountKey)?.account,
    fetch: (request, signal) => guarded.fetch(request, signal),
    forwarder: {
      add: async (hook, webhook) => {
        // It is asked later, by what sends on the webhooks that callers have asked for.
        if (guarded.mayFetch(hook.target?.url ?? '')) await forwarder.add(hook, webhook);
        else
          app.log.warn(
            { account: hook.accountKey },
            'a callback of a document is not told: its host is not allowed',
          );
      },
    },
    onFailure: (account, verb, why, rules) =>
      app.log.warn({ account, verb, why, rules }, 'an application has given no document to a call'),
    onLoss: (account, rules) => app.log.info({ account, losses: rules }, 'a document loses in translation'),
  });
  const silence = createSilence();
  const languageOf = (accountKey: string) => adapterOf(accountKey)?.documentLanguage;
  /** Answers a request with what `run` makes of what it asks for. */
  const serve = async (
    kind: HostedKind,
    request: FastifyRequest,
    reply: FastifyReply,
    run: Run,
  ): Promise<FastifyReply> => {
    const secret = secretOf(request.url);
    const found = await hosting.find(kind, secret);
    if (found === undefined) {
      const outcome = hosting.isOwn(kind, secret) ? 'expired' : 'unknown';
      unknown();
      onServed(kind, outcome);
      return sendDocument(reply, undefined, hangupDocument);
    }
    const text = await run(found, toPairs(bodyOf(request), queryOf(request.url)));
    app.log.info({ account: found.accountKey }, `a ${kind} was served`);
    onServed(kind, 'served');
    return sendDocument(reply, languageOf(found.accountKey), text);
  };
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const parse = { parseAs: 'string', bodyLimit: maxBytes } as const;
    scope.addContentTypeParser('*', parse, (_, body, done) => done(null, body));
    scope.setErrorHandler((error: { statusCode?: number }, request, reply) => {
      onServed(request.routeOptions.url?.includes(documentsPath) ? 'document' : 'callback', 'failed');
      // A request that cannot be read is not that of a provider.
      if (error.statusCode !== undefined) return sendDocument(reply, undefined, hangupDocument);
      app.log.warn({ err: error }, 'a document or callback of a call could not be looked up');
      return reply.code(503).send();
    });
    scope.get(`${documentsPath}${silenceName}`, (_, reply) => reply.type('audio/wav').send(silence));
    const add = (kind: HostedKind, path: string, run: Run) =>
      scope.route({
        method: ['GET', 'POST'],
        exposeHeadRoute: false,
        bodyLimit: maxBytes,
        url: `${path}*`,
        handler: (request, reply) => serve(kind, request, reply, run),
      });
    add('document', documentsPath, (found, fields) =>
      toServed(hosting, found, languageOf(found.accountKey), fields),
    );
    add('callback', callbacksPath, (found, fields) => proxy.answer(found, fields));
  });
}

/** What is made of a script that was found: the text of a document. */
type Run = (found: FoundScript, fields: CallbackFields) => Promise<string>;

/** Restcomm is documented to take `text/xml`, Bandwidth `application/xml`. */
function sendDocument(
  reply: FastifyReply,
  language: DocumentLanguage | undefined,
  text: string,
): FastifyReply {
  const type = language === 'BXML' ? 'application/xml' : 'text/xml';
  return reply.code(200).type(`${type}; charset=utf-8`).send(text);
}

function secretOf(url: string): string {
  return url.split('?', 1)[0]?.split('/').at(-1) ?? '';
}

function bodyOf({ body }: FastifyRequest): string {
  return typeof body === 'string' ? body : '';
}
