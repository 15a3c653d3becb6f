import type { ApolloServer } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { CallsSource } from '../calls/calls-source.ts';
import { CostGuard } from '../cost/cost-guard.ts';
import type { RateLimits } from '../cost/rate-limiter.ts';
import { createApollo } from '../graphql/create-apollo.ts';
import { type CachedOperation, digestOf, OperationCache } from '../graphql/execution/operation-cache.ts';
import { formatError, formatWithoutSuggestions } from '../graphql/format-error.ts';
import { createGuards, type GuardedContext } from '../graphql/guards/guards.ts';
import { logBug } from '../graphql/guards/log-operation.ts';
import {
  type FormattedResult,
  type Mask,
  toFormatted,
  toFormattedError,
  withRequestId,
} from '../graphql/to-formatted.ts';
import { AutomaticOperations } from '../operations/automatic-operations.ts';
import { KnownOperations } from '../operations/known-operations.ts';
import type { OperationSources } from '../operations/resolve-operation.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Store } from '../store/store.ts';
import { type OpenerParts, OperationOpener } from './operation-opener.ts';
import { PendingWork } from './pending-work.ts';

export interface ExecutorParts extends Omit<OpenerParts, 'guardsOf'> {
  readonly schema: GraphQLSchema;
  readonly store: Store;
}

/** A GraphQL request (GraphQL over HTTP, section 5.1). */
export interface GraphQLRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Executes operations with everything that protects: limits of cost and rate, changes that are refused as a whole,
 * `extensions.done`, the error mask and the log.
 */
export class Executor {
  readonly schema: GraphQLSchema;
  readonly calls: CallsSource;
  readonly log: Logger;
  readonly guard: CostGuard;
  readonly operations: OperationCache;
  readonly rateLimiter: RateLimits | undefined;
  readonly mask: Mask;
  readonly apollo: ApolloServer<GuardedContext>;
  /** Documents that clients may name by an id; undefined if there are none. */
  readonly sources: OperationSources | undefined;
  /** Operations that have not ended. */
  readonly pending = new PendingWork();
  readonly opener: OperationOpener;

  constructor(parts: ExecutorParts) {
    const { config, schema, calls, log, rateLimiter, observer } = parts;
    this.schema = schema;
    this.calls = calls;
    this.log = log;
    this.rateLimiter = rateLimiter;
    this.guard = new CostGuard(config.cost, schema);
    this.operations = new OperationCache(schema);
    this.mask = config.introspection ? formatError : formatWithoutSuggestions;
    const { guard, operations, mask } = this;
    this.sources = this.#createSources(parts);
    const { known, automatic } = this.sources ?? {};
    const refusalOf = known && ((digest: string) => known.refusalOf(digest));
    this.apollo = createApollo({ ...parts, guard, operations, formatError: mask, refusalOf, automatic });
    const guardsOf = createGuards(guard, rateLimiter, log, observer);
    this.opener = new OperationOpener({ ...parts, guardsOf });
  }

  /** @throws ConfigError if a file of known operations cannot be used */
  #createSources({ config, schema, log, store }: ExecutorParts): OperationSources | undefined {
    if (config.operations === undefined) return undefined;
    const { guard, operations: cache } = this;
    const rules = { schema, guard, introspection: config.introspection, maxTokens: config.cost.tokens };
    const known = new KnownOperations(config.operations, { rules, cache, log });
    return { known, automatic: config.operations.automatic ? new AutomaticOperations(store) : undefined };
  }

  async start(): Promise<void> {
    await this.apollo.start();
  }

  /** Waits for pending operations, which end by their deadlines, and refuses others. */
  async stop(): Promise<void> {
    this.opener.close();
    await this.pending.idle();
    await this.apollo.stop();
  }

  /** Executes an operation, however unusual. Never rejects. */
  async execute(request: GraphQLRequest, context: GuardedContext): Promise<FormattedResult> {
    const { query, operationName, variables = {} } = request;
    const cached = this.operations.find(digestOf(query), operationName);
    const result = cached && (await this.executeCached(cached, variables, context));
    if (result !== undefined) return result;
    const given = { query, variables, ...(operationName !== undefined && { operationName }) };
    const { body } = await this.apollo.executeOperation(given, { contextValue: context });
    return body.kind === 'single' ? (body.singleResult as FormattedResult) : {};
  }

  /**
   * Executes an operation that has been validated before, without Apollo Server. Undefined if Apollo Server has to
   * execute it, or to refuse it as the guards do.
   */
  async executeCached(
    { compiled, document, operation }: CachedOperation,
    variables: Readonly<Record<string, unknown>>,
    context: GuardedContext,
  ): Promise<FormattedResult | undefined> {
    // Streams are answered elsewhere, or refused.
    if (operation.operation === 'subscription') return undefined;
    const prepared = compiled.prepare(variables);
    if (prepared === undefined) return undefined;
    const { schema, mask } = this;
    const { guards } = context;
    try {
      const coerce = () => prepared.variables;
      const checked = guards.check({ schema, document, operation, variables, coerce, tokens: 0 });
      if (checked instanceof Promise) await checked;
    } catch {
      return undefined;
    }
    const result = await compiled.execute(prepared, context);
    const extensions = guards.finish({ operation, errors: result.errors ?? [], tokens: 0 });
    const formatted = toFormatted(result, mask, context.operation.requestId);
    return extensions === undefined ? formatted : { ...formatted, extensions: { ...extensions } };
  }

  /** Converts what was thrown to the error that a client may see, by the same mask as any error of an operation. */
  toFormattedError(thrown: unknown, requestId: string | undefined): GraphQLFormattedError {
    // Without a path, what it stands for would count as an error of the client.
    const error =
      thrown instanceof GraphQLError
        ? thrown
        : new GraphQLError('', { originalError: thrown as Error, path: [] });
    logBug(this.log, error, requestId);
    const { path, ...shown } = toFormattedError(error, this.mask);
    const [formatted] = withRequestId([path?.length ? { ...shown, path } : shown], requestId);
    return formatted ?? { message: '' };
  }
}
