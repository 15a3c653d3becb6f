import type { CallsAdapter } from '../calls/calls-adapter.ts';
import { notHosted } from '../calls/check-document.ts';
import { ProviderError } from '../calls/failure.ts';
import type { Operation } from '../calls/operation.ts';
import { isNotPlaced } from '../calls/placing/send-call.ts';
import type { CallbackReference } from '../markup/rcml/options.ts';
import { toRcml } from '../markup/to-rcml.ts';
import { StoreFull } from '../store/store-failure.ts';
import type { Hosting } from './hosting.ts';

/**
 * Wraps an adapter so that documents of calls are hosted here: the one that a call is placed with, and at a provider whose
 * language is another one, each that a live call is to run.
 */
export function withHostedDocuments(adapter: CallsAdapter, hosting: Hosting): CallsAdapter {
  const { account, documentLanguage } = adapter;
  if (documentLanguage === undefined) return adapter;
  hosting.know(account.key);
  /** Hosts a document while something is done with its address; if that certainly was not done, it is removed. */
  const host = async <T>(
    bxml: string,
    field: readonly string[],
    operation: Operation,
    run: (url: string) => Promise<T>,
    callIdOf: (done: T) => string,
  ): Promise<T> => {
    if (documentLanguage === 'RCML') requireAllowedUrls(bxml, field);
    const hosted = await hosting.add(account.key, bxml, operation.callerId ?? '').catch((cause: unknown) => {
      throw toNotKept(cause, field);
    });
    if (hosted === undefined) throw notHosted(field);
    try {
      const done = await run(hosted.url);
      hosted.bind(callIdOf(done));
      return done;
    } catch (error) {
      if (isNotPlaced(error)) hosted.discard();
      throw error;
    }
  };
  const requireAllowedUrls = (bxml: string, field: readonly string[]) => {
    const forbidden = findForbidden(bxml, hosting.mayFetch);
    if (forbidden === undefined) return;
    const message =
      `The document has a ${forbidden.verb} whose \`${forbidden.attribute}\` or its fallback this server does not ask: ` +
      'it must be https, name a public host that is allowed, and hold no user name.';
    throw new ProviderError('INVALID_INPUT', message, { field });
  };
  return {
    ...adapter,
    hostsDocuments: hosting.isReachable,
    async create({ document, ...call }, operation) {
      if (document === undefined) return adapter.create(call, operation);
      // The fallback is asked if this server could not be reached for a moment.
      const place = (url: string) =>
        adapter.create({ ...call, answerUrl: url, fallbackUrl: call.fallbackUrl ?? url }, operation);
      const field = ['input', 'document', 'bxml'];
      return host(document.bxml, field, operation, place, ({ providerCallId }) => providerCallId);
    },
    async replaceBxml(providerCallId, bxml, operation) {
      if (documentLanguage === 'BXML') return adapter.replaceBxml(providerCallId, bxml, operation);
      const redirect = (url: string) =>
        adapter.redirect(
          providerCallId,
          { url, method: 'POST', fallbackUrl: url, fallbackMethod: 'POST' },
          operation,
        );
      return host(bxml, ['input', 'bxml'], operation, redirect, () => providerCallId);
    },
  };
}

/** The first callback of a document, of all of it, with a URL to which no request may be sent. */
export function findForbidden(
  bxml: string,
  mayFetch: (url: string) => boolean,
): CallbackReference | undefined {
  const callbacks: CallbackReference[] = [];
  const onCallback = (callback: CallbackReference) => {
    callbacks.push(callback, ...(callback.available === undefined ? [] : [callback.available]));
  };
  toRcml(bxml, { onCallback, toCallbackUrl: () => '', toContinuationUrl: () => '' });
  return callbacks.find(({ url, fallbackUrl }) =>
    [url, fallbackUrl].some((each) => each !== undefined && !mayFetch(each)),
  );
}

function toNotKept(cause: unknown, field: readonly string[]): ProviderError {
  if (cause instanceof StoreFull) {
    const message =
      'This server keeps as many documents as it can, each for as long as its call may last, so nothing was done. ' +
      'Ask again when some have expired.';
    return new ProviderError('RATE_LIMITED', message, { field, retryAfter: cause.retryAfter, cause });
  }
  const message = 'The document cannot be kept at the moment, so nothing was done. Ask again later.';
  return new ProviderError('PROVIDER_UNAVAILABLE', message, { field, cause });
}
