import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.ts';
import type { CostGuard } from '../cost/cost-guard.ts';
import type { OperationCache } from '../graphql/execution/operation-cache.ts';
import { AutomaticOperations } from '../operations/automatic-operations.ts';
import { KnownOperations } from '../operations/known-operations.ts';
import type { OperationSources } from '../operations/resolve-operation.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Store } from '../store/store.ts';

export interface OperationSourcesParts {
  readonly config: Pick<Config, 'operations' | 'cost' | 'introspection'>;
  readonly schema: GraphQLSchema;
  readonly log: Logger;
  readonly store: Store;
  readonly guard: CostGuard;
  readonly operations: OperationCache;
}

/**
 * Creates what finds documents by their ids; undefined if `operations` is not configured.
 *
 * @throws ConfigError if a file of known operations cannot be used
 */
export function createOperationSources(parts: OperationSourcesParts): OperationSources | undefined {
  const { config, schema, guard, log, operations: cache } = parts;
  if (config.operations === undefined) return undefined;
  const { introspection, cost } = config;
  const rules = { schema, guard, introspection, maxTokens: cost.tokens };
  return {
    known: new KnownOperations(config.operations, { rules, cache, log }),
    automatic: config.operations.automatic ? new AutomaticOperations(parts.store) : undefined,
  };
}
