import type { ExecutionResult, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Compiler } from './compiler.ts';
import { Conditions } from './conditions.ts';
import type { Fragments } from './fragments.ts';
import { collectFields } from './graphql-internals.ts';
import { isPromise, Run } from './run.ts';
import type { Selection } from './selection.ts';
import { Variables } from './variables.ts';

/**
 * Executes an operation of a validated document faster than graphql-js, with the same result. What `@skip` and
 * `@include` select depends on variables, so the operation is compiled once for each combination of their values.
 */
export class CompiledOperation {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #onCompiled: (fields: number) => void;
  readonly #fragments: Fragments;
  readonly #variables: Variables;
  readonly #conditions: Conditions;
  readonly #selections = new Map<string, Selection | undefined>();
  #fields = 0;

  /**
   * @param fragments of the document, shared by its operations
   * @param onCompiled called after each compilation with the number of fields compiled
   */
  constructor(
    schema: GraphQLSchema,
    fragments: Fragments,
    operation: OperationDefinitionNode,
    onCompiled: (fields: number) => void = () => undefined,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#operation = operation;
    this.#variables = new Variables(schema, operation);
    this.#onCompiled = onCompiled;
    this.#conditions = new Conditions(operation, this.#fragments);
  }

  /** Compiles the operation before it is executed, if it has only one variant. Calls no resolver. */
  compile(): void {
    if (this.#conditions.names.length === 0) this.#selectionFor({});
  }

  /**
   * Returns the argument of `execute`. Undefined if graphql-js has to execute the operation, because variables are
   * invalid or a feature is not supported. Calls no resolver.
   */
  prepare(given: Values): Variant | undefined {
    try {
      const variables = this.#variables.coerce(given);
      const selection = this.#selectionFor(variables);
      return selection && { variables, selection };
    } catch {
      return undefined;
    }
  }

  /**
   * Never throws or rejects: errors are in the result. A subscription is executed for one event of the stream that
   * `createSourceEventStream` returns (GraphQL, section 6.2.3.2).
   *
   * @param root the root value: undefined for queries and mutations, the event for a subscription
   */
  execute(
    { selection, variables }: Variant,
    context: unknown,
    root?: unknown,
  ): ExecutionResult | Promise<ExecutionResult> {
    const run = new Run(context, variables);
    try {
      const data =
        this.#operation.operation === 'mutation'
          ? selection.executeSerially(run, root)
          : selection.execute(run, root, undefined);
      if (!isPromise(data)) return toResult(run, data);
      return data.then(
        (settled) => toResult(run, settled),
        (reason: unknown) => toFailure(run, reason),
      );
    } catch (reason) {
      return toFailure(run, reason);
    }
  }

  #selectionFor(variables: Values): Selection | undefined {
    const key = this.#conditions.variantOf(variables);
    if (key === undefined) return undefined;
    if (!this.#selections.has(key)) {
      if (this.#selections.size >= maxVariants) return undefined;
      this.#selections.set(key, this.#compile(variables));
    }
    return this.#selections.get(key);
  }

  /** Undefined also if graphql-js would throw, so that it does. */
  #compile(variables: Values): Selection | undefined {
    const schema = this.#schema;
    const { operation, selectionSet } = this.#operation;
    const type = schema.getRootType(operation);
    if (!type) return undefined;
    const conditions = Object.fromEntries(
      this.#conditions.names.flatMap((name) => (name in variables ? [[name, variables[name]]] : [])),
    );
    const input = { schema, fragments: this.#fragments, conditions };
    const compiler = new Compiler(input, maxFields - this.#fields);
    try {
      return compiler.selection(type, collectFields(schema, this.#fragments, conditions, type, selectionSet));
    } catch {
      return undefined;
    } finally {
      this.#fields += compiler.fields;
      this.#onCompiled(compiler.fields);
    }
  }
}

type Values = Readonly<Record<string, unknown>>;

/** Compiled combinations of conditions for one operation. graphql-js executes any further ones. */
const maxVariants = 32;
/** Compiled fields of one operation in all variants, more than any front end selects. */
const maxFields = 2_000;

/** The operation with `@skip` and `@include` applied, and the variables to execute it with. */
interface Variant {
  readonly variables: Values;
  readonly selection: Selection;
}

function toResult({ errors }: Run, data: unknown): ExecutionResult {
  const result = { data: data as Record<string, unknown> | null };
  return errors.length === 0 ? result : { errors, ...result };
}

function toFailure(run: Run, reason: unknown): ExecutionResult {
  run.add(reason as GraphQLError, undefined);
  return toResult(run, null);
}
