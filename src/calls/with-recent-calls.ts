import type { CallsAdapter } from './calls-adapter.ts';
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
    end: (id, how, operation) => adapter.end(id, how, operation),
    redirect: (id, redirect, operation) => adapter.redirect(id, redirect, operation),
    mute: (id, muted, operation) => adapter.mute(id, muted, operation),
    replaceBxml: (id, bxml, operation) => adapter.replaceBxml(id, bxml, operation),
    close: () => adapter.close(),
  };
}
