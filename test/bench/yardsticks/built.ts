import type { ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';

/** Our own parts, as they were built: what a GraphQL server is made of that is not ours. */
export interface Parts {
  readonly schema: GraphQLSchema;
  /** A resolver's context for one request. */
  contextOf(response: ServerResponse): object;
}

interface Account {
  readonly factory: { create(settings: unknown, entry: unknown): object };
  readonly settings: unknown;
  readonly entry: { readonly key: string };
}

/** What is used of the modules; the build makes them, so that their types are not at hand here. */
interface Modules {
  loadSchema(): GraphQLSchema;
  readConfig(
    registry: unknown,
    given: undefined,
  ): { accounts: readonly Account[]; limits: { readDeadline: number } };
  registry: unknown;
  withRecentCalls(adapter: object): object;
  createStore(url: undefined): object;
  Idempotency: new (store: object, options: { lease: number }) => object;
  createContext(parts: object, operation: object, caller: object): object;
  createOperation(milliseconds: number): { end(): void };
  everyone: object;
}

/** Below `src`, and `dist` once built. */
export const modules = [
  'graphql/load-schema',
  'config/config',
  'adapters/registry',
  'calls/lists/with-recent-calls',
  'store/create-store',
  'calls/placing/idempotency',
  'graphql/context',
  'calls/create-operation',
  'access/caller',
];

/** Our schema, resolvers and adapters as they stand in `dist`, without our server around them. */
export async function loadParts(): Promise<Parts> {
  const loaded = await Promise.all(
    modules.map((file) => import(new URL(`../../${file}.js`, import.meta.url).href)),
  );
  const built: Modules = Object.assign({}, ...loaded);
  const { accounts, limits } = built.readConfig(built.registry, undefined);
  const adapters = new Map(
    accounts.map(({ factory, settings, entry }) => [
      entry.key,
      built.withRecentCalls(factory.create(settings, entry)),
    ]),
  );
  const idempotency = new built.Idempotency(built.createStore(undefined), { lease: limits.readDeadline });
  const parts = { adapters, idempotency, limits };
  return {
    schema: built.loadSchema(),
    contextOf: (response) => {
      const operation = built.createOperation(limits.readDeadline);
      response.once('close', () => operation.end());
      return built.createContext(parts, operation, built.everyone);
    },
  };
}
