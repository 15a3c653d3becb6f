import type { CallsAdapter } from '../calls-adapter.ts';
import { Failure, ProviderError } from '../failure.ts';
import { RecentCalls } from './recent-calls.ts';

/** The adapter, with every call that is placed through it readable at once: see `RecentCalls`. */
export function withRecentCalls(adapter: CallsAdapter, recent = new RecentCalls()): CallsAdapter {
  const get: CallsAdapter['get'] = (providerCallId, operation) =>
    recent.isEmpty ? adapter.get(providerCallId, operation) : getAmong(providerCallId, operation);
  const getAmong: CallsAdapter['get'] = async (providerCallId, operation) => {
    const call = await adapter.get(providerCallId, operation);
    if (call === null) return recent.find(providerCallId);
    recent.see(call);
    return call;
  };
  /** Of a call that was accepted a moment ago, "no such call" says that it is not known yet. */
  const change = async (providerCallId: string, made: Promise<void>): Promise<void> => {
    await made.catch((error: unknown) => {
      const isNotFound = error instanceof Failure && error.code === 'NOT_FOUND';
      if (!isNotFound || recent.find(providerCallId) === null) throw error;
      const message = `${adapter.account.name} has accepted this call, but does not know it yet. Ask again in a moment.`;
      const { providerErrorId } = error;
      throw new ProviderError('NOT_FOUND', message, { providerErrorId, cause: error });
    });
  };
  return {
    account: adapter.account,
    get,
    async page(request, operation) {
      const page = await adapter.page(request, operation);
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
    close: () => adapter.close(),
  };
}
