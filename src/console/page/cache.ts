import type { Exchange } from '@urql/core';
import { type Cache, cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { type Filterable, type ListArguments, matches } from './call-filter.ts';
import type { FreshCalls } from './fresh-calls.ts';
import type { CallEventKind } from './generated/graphql.ts';

/**
 * The normalized cache. Rows, panels and timelines read a call from one place, so that an event which brings its new
 * state changes all of them. A call that is not in a list where it belongs is added to it.
 */
export function createCache(fresh: FreshCalls): Exchange {
  return cacheExchange({
    keys: {
      AccountHealth: () => null,
      BxmlFinding: () => null,
      BxmlReport: () => null,
      CallConnection: () => null,
      CallError: () => null,
      // A gap may have the cursor of an event.
      CallEvent: ({ kind, cursor }) => (kind === 'GAP' ? null : String(cursor)),
      Money: () => null,
      PageInfo: () => null,
      SkippedCall: () => null,
      UnavailableAccount: () => null,
    },
    resolvers: { Query: { calls: relayPagination() } },
    updates: {
      Mutation: {
        createCall(result, _args, cache) {
          const { call } = result.createCall as { call: TimedCall | null };
          if (call !== null) addToLists(cache, call, fresh);
        },
      },
      Subscription: {
        callEvents(result, _args, cache) {
          const event = result.callEvents as WholeEvent;
          if (event.call === null) return;
          addToLists(cache, event.call, fresh);
          addToTimeline(cache, event);
        },
      },
    },
  });
}

type TimedCall = Filterable & { readonly id: string; readonly createdAt: string | null };

interface WholeEvent {
  readonly __typename: 'CallEvent';
  readonly cursor: string;
  readonly kind: CallEventKind;
  readonly call: (TimedCall & { readonly __typename: 'Call' }) | null;
}

/** Adds a call to the first page of each list where it belongs, at its position. */
function addToLists(cache: Cache, call: TimedCall, fresh: FreshCalls): void {
  const key = `Call:${call.id}`;
  const pages = cache.inspectFields('Query').filter(({ fieldName }) => fieldName === 'calls');
  const nodesOf = (fieldKey: string) => keysIn(cache, cache.resolve('Query', fieldKey), 'nodes');
  for (const { fieldKey, arguments: given } of pages) {
    if (typeof given?.after === 'string' || !matches(call, (given ?? {}) as ListArguments)) continue;
    const list = pages.filter((page) => isSameList(page.arguments, given));
    if (list.some((page) => nodesOf(page.fieldKey).includes(key))) continue;
    const nodes = nodesOf(fieldKey);
    const older = nodes.findIndex((node) => isOlder(cache.resolve(node, 'createdAt'), call.createdAt));
    // Older than all of the page: it is in a later one, or will be read with it.
    if (older < 0 && nodes.length > 0 && hasNextPage(cache, fieldKey)) continue;
    const at = older < 0 ? nodes.length : older;
    const connection = cache.resolve('Query', fieldKey);
    if (typeof connection !== 'string') continue;
    fresh.add(call.id);
    cache.link(connection, 'nodes', [...nodes.slice(0, at), key, ...nodes.slice(at)]);
  }
}

function addToTimeline(cache: Cache, event: WholeEvent): void {
  const call = `Call:${event.call?.id}`;
  if (!Array.isArray(cache.resolve(call, 'timeline'))) return;
  const key = `CallEvent:${event.cursor}`;
  const known = keysIn(cache, call, 'timeline');
  if (!known.includes(key)) cache.link(call, 'timeline', [...known, key]);
}

function keysIn(cache: Cache, entity: unknown, field: string): string[] {
  const list = typeof entity === 'string' ? cache.resolve(entity, field) : undefined;
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

function hasNextPage(cache: Cache, fieldKey: string): boolean {
  const connection = cache.resolve('Query', fieldKey);
  const pageInfo = typeof connection === 'string' ? cache.resolve(connection, 'pageInfo') : undefined;
  return typeof pageInfo === 'string' && cache.resolve(pageInfo, 'hasNextPage') === true;
}

/** Calls without a time are listed last. */
function isOlder(time: unknown, other: string | null): boolean {
  return other === null || typeof time !== 'string' || time < other;
}

function isSameList(one: object | null, other: object | null): boolean {
  const identify = (given: object | null) => JSON.stringify({ ...given, first: null, after: null });
  return identify(one) === identify(other);
}
