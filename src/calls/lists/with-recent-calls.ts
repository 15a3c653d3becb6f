import type { CallsAdapter } from '../calls-adapter.ts';
import { Failure, ProviderError } from '../failure.ts';
import { RecentCalls } from './recent-calls.ts';

/** Wraps an adapter so that a call placed through it is found and listed at once: see `RecentCalls`. */
export function withRecentCalls(adapter: CallsAdapter, recent = new RecentCalls()): CallsAdapter {
  const find = async (providerCallId: string) => {
    await recent.catchUp();
    return recent.find(providerCallId);
  };
  const get: CallsAdapter['get'] = async (providerCallId, operation) => {
    const call = await adapter.get(providerCallId, operation);
    if (call === null) return find(providerCallId);
    recent.update(call);
    return call;
  };
  /** Explains a NOT_FOUND for a call that was just placed: the provider does not know it yet. */
  const change = async (providerCallId: string, changed: Promise<void>): Promise<void> => {
    await changed.catch(async (error: unknown) => {
      const isNotFound = error instanceof Failure && error.code === 'NOT_FOUND';
      if (!isNotFound || (await find(providerCallId)) === null) throw error;
      const message = `${adapter.account.name} has accepted this call, but does not know it yet. Ask again in a moment.`;
      const { providerErrorId } = error;
      throw new ProviderError('NOT_FOUND', message, { providerErrorId, cause: error });
    });
  };
  return {
    account: adapter.account,
    health: adapter.health,
    ...(adapter.documentLanguage && { documentLanguage: adapter.documentLanguage }),
    get,
    async page(request, operation) {
      const [page] = await Promise.all([adapter.page(request, operation), recent.catchUp()]);
      return recent.complete(page, request, (id) => get(id, operation));
    },
    async create(newCall, operation) {
      const call = await adapter.create(newCall, operation);
      recent.add(call);
      return call;
    },
    count: (filter, operation) => adapter.count(filter, operation),
    fits: (call, newCall) => adapter.fits(call, newCall),
    end: (id, how, operation) => change(id, adapter.end(id, how, operation)),
    redirect: (id, redirect, operation) => change(id, adapter.redirect(id, redirect, operation)),
    mute: (id, muted, operation) => change(id, adapter.mute(id, muted, operation)),
    replaceBxml: (id, bxml, operation) => change(id, adapter.replaceBxml(id, bxml, operation)),
    ...(adapter.readWebhook && { readWebhook: adapter.readWebhook.bind(adapter) }),
    callIdOf: (fields) => adapter.callIdOf?.(fields) ?? null,
    mayFork: (newCall) => adapter.mayFork?.(newCall) ?? false,
    close: () => adapter.close(),
  };
}
