import { type FieldNode, type GraphQLField, getArgumentValues, isNonNullType, locatedError } from 'graphql';
import type { Complete, FieldLocation } from './completion.ts';
import { type PlainProperty, toPlainProperty } from './plain-property.ts';
import { isPromise, type Path, type Run, toArray } from './run.ts';

/** A compiled field of a selection set: calls the resolver and completes its value (GraphQL, section 6.4). */
export class Field {
  readonly responseName: string;
  /** Defined if the property of the source can usually be copied to the response. */
  readonly plain: PlainProperty | undefined;
  readonly #nodes: FieldOptions['nodes'];
  readonly #definition: FieldOptions['definition'];
  readonly #location: FieldLocation;
  readonly #resolve: Resolve | undefined;
  readonly #complete: Complete;
  readonly #isLeaf: boolean;
  readonly #isNullable: boolean;

  constructor({ responseName, location, nodes, definition, complete, isLeaf }: FieldOptions) {
    this.responseName = responseName;
    this.plain = toPlainProperty(definition);
    this.#nodes = nodes;
    this.#definition = definition;
    this.#location = location;
    this.#resolve = definition.resolve as Resolve | undefined;
    this.#complete = complete;
    this.#isLeaf = isLeaf;
    this.#isNullable = !isNonNullType(definition.type);
  }

  /** Returns the value for the response, or a promise of it. Throws or rejects if a non-null field has an error. */
  execute(run: Run, source: unknown, prev: Path | undefined): unknown {
    const path = this.#isLeaf ? undefined : { prev, key: this.responseName };
    try {
      const value = this.#value(run, source);
      if (isPromise(value)) return this.#wait(run, value, path ?? { prev, key: this.responseName });
      const completed = this.#completed(run, value, path);
      if (path === undefined || !(completed instanceof Promise)) return completed;
      return completed.then(undefined, (reason: unknown) => this.#fail(run, reason, path));
    } catch (reason) {
      return this.#fail(run, reason, path ?? { prev, key: this.responseName });
    }
  }

  #value(run: Run, source: unknown): unknown {
    if (this.#resolve !== undefined) return this.#resolve(source, this.#argumentsIn(run), run.context);
    if (typeof source !== 'object' || source === null) return undefined;
    const property = (source as Record<string, unknown>)[this.#definition.name];
    if (typeof property !== 'function') return property;
    return property.call(source, this.#argumentsIn(run), run.context);
  }

  #argumentsIn({ variables }: Run): object {
    const { args } = this.#definition;
    return args.length === 0 ? noArguments : getArgumentValues(this.#definition, this.#nodes[0], variables);
  }

  #completed(run: Run, value: unknown, path: Path | undefined): unknown {
    const completed = this.#complete(run, value, path);
    if (completed !== null || this.#isNullable) return completed;
    throw new Error(`Cannot return null for non-nullable field ${this.#location.name}.`);
  }

  #wait(run: Run, value: Promise<unknown>, path: Path): Promise<unknown> {
    return Promise.resolve(value)
      .then((resolved) => this.#completed(run, resolved, path))
      .then(undefined, (reason: unknown) => this.#fail(run, reason, path));
  }

  #fail(run: Run, reason: unknown, path: Path): null {
    const error = locatedError(reason, this.#nodes, toArray(path));
    if (!this.#isNullable) throw error;
    run.add(error, path);
    return null;
  }
}

const noArguments = Object.freeze({});

export type Resolve = (source: unknown, given: object, context: unknown) => unknown;

/** Everything about a field that does not depend on variables. */
export interface FieldOptions {
  readonly responseName: string;
  readonly location: FieldLocation;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly definition: GraphQLField<unknown, unknown>;
  /** Completes a value of the nullable type. `Field` itself checks a non-null type. */
  readonly complete: Complete;
  /** The value of a leaf needs no path. */
  readonly isLeaf: boolean;
}
