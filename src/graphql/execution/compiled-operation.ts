import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import { Compiler } from './compiler.ts';
import { Conditions } from './conditions.ts';
import { isPromise, Run } from './run.ts';
import type { Selection } from './selection.ts';
import { Variables } from './variables.ts';

export interface CompileOptions {
  readonly schema: GraphQLSchema;
}

type Values = Readonly<Record<string, unknown>>;
/** By their names; without a prototype. */
export type Fragments = Record<string, FragmentDefinitionNode>;

/** Ways in which the conditions of one operation come out that are compiled; others are left to graphql-js. */
const mostVariants = 32;
/** More than any page of a front end asks for, whatever its `@include`s say. */
const mostFields = 2_000;

/** Variables that were found good, with their defaults and in the form that resolvers get them in. */
export type Coerced = Values & { readonly [isCoerced]: true };
declare const isCoerced: unique symbol;

/** A way of executing the operation: what is left of it once `@skip` and `@include` are decided. */
interface Variant {
  readonly variables: Coerced;
  readonly selection: Selection;
}

/**
 * An operation of a valid document, ready to be executed. What `@skip` and `@include` leave of it depends
 * on variables, so it is compiled once for each way in which they have come out.
 */
export class CompiledOperation {
  readonly #options: CompileOptions;
  readonly #operation: OperationDefinitionNode;
  readonly #onCompiled: (fields: number) => void;
  readonly #fragments: Fragments;
  readonly #variables: Variables;
  readonly #conditions: Conditions;
  readonly #selections = new Map<string, Selection | undefined>();
  #fields = 0;

  /**
   * @param fragments of the document, shared by its operations
   * @param onCompiled told how many fields have been compiled, each time that some are
   */
  constructor(
    options: CompileOptions,
    fragments: Fragments,
    operation: OperationDefinitionNode,
    onCompiled: (fields: number) => void = () => undefined,
  ) {
    this.#options = options;
    this.#fragments = fragments;
    this.#operation = operation;
    this.#variables = new Variables(options.schema, operation);
    this.#onCompiled = onCompiled;
    this.#conditions = new Conditions(operation, this.#fragments);
  }

  /**
   * What `execute` takes; undefined where graphql-js has to see to it, since variables are at fault or
   * something is asked for that cannot be compiled. Resolves nothing.
   */
  prepare(given: Values): Variant | undefined {
    const variables = this.#coerce(given);
    const selection = variables && this.#selectionFor(variables);
    return selection && { variables, selection };
  }

  /** Never throws or rejects: what fails is in the result. */
  execute({ selection, variables }: Variant, context: unknown): ExecutionResult | Promise<ExecutionResult> {
    const run = new Run(context, variables);
    try {
      const data =
        this.#operation.operation === 'mutation'
          ? selection.executeSerially(run, undefined)
          : selection.execute(run, undefined, undefined);
      if (!isPromise(data)) return toResult(run, data);
      return data.then(
        (settled) => toResult(run, settled),
        (reason: unknown) => toFailure(run, reason),
      );
    } catch (reason) {
      return toFailure(run, reason);
    }
  }

  #coerce(given: Values): Coerced | undefined {
    try {
      return this.#variables.coerce(given) as Coerced;
    } catch {
      return undefined;
    }
  }

  #selectionFor(variables: Values): Selection | undefined {
    const key = this.#conditions.variantOf(variables);
    if (key === undefined) return undefined;
    if (!this.#selections.has(key)) {
      if (this.#selections.size >= mostVariants) return undefined;
      this.#selections.set(key, this.#compile(variables));
    }
    return this.#selections.get(key);
  }

  /** Undefined also for what graphql-js would throw at, so that the same comes of it. */
  #compile(variables: Values): Selection | undefined {
    const { schema } = this.#options;
    const { operation, selectionSet } = this.#operation;
    const type = operation === 'subscription' ? undefined : schema.getRootType(operation);
    if (type === undefined || type === null) return undefined;
    const conditions = Object.fromEntries(
      this.#conditions.names.flatMap((name) => (name in variables ? [[name, variables[name]]] : [])),
    );
    const source = { schema, fragments: this.#fragments, conditions };
    const compiler = new Compiler(source, mostFields - this.#fields);
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

export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments: Fragments = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

function toResult({ errors }: Run, data: unknown): ExecutionResult {
  const result = { data: data as Record<string, unknown> | null };
  return errors.length === 0 ? result : { errors, ...result };
}

function toFailure(run: Run, reason: unknown): ExecutionResult {
  run.add(reason as GraphQLError, undefined);
  return toResult(run, null);
}
