import { type FieldNode, type GraphQLField, isNonNullType, locatedError } from 'graphql';
import { type ArgumentsOf, createArgumentsOf } from './arguments.ts';
import type { Complete } from './completion.ts';
import { type PlainMember, toPlainMember } from './plain-member.ts';
import { isPromise, type Path, type Run, toArray } from './run.ts';

export type Resolve = (source: unknown, given: object, context: unknown) => unknown;

/** What is known of a field once its document is. */
export interface FieldOptions {
  readonly responseName: string;
  /** As messages name it: `Call.id`. */
  readonly place: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly definition: GraphQLField<unknown, unknown>;
  /** Completes to the nullable type; that it must not be null is seen to here. */
  readonly complete: Complete;
  /** Resolved to a leaf, so that its value needs no path. */
  readonly isLeaf: boolean;
}

/** A field asked for in one place: resolves it and completes what comes of that. */
export class Field {
  readonly responseName: string;
  /** Where the value found is what stands in the answer, as a rule. */
  readonly plain: PlainMember | undefined;
  readonly #nodes: readonly FieldNode[];
  readonly #name: string;
  readonly #place: string;
  readonly #resolve: Resolve | undefined;
  readonly #argumentsOf: ArgumentsOf;
  readonly #complete: Complete;
  readonly #isLeaf: boolean;
  readonly #isNullable: boolean;

  constructor({ responseName, place, nodes, definition, complete, isLeaf }: FieldOptions) {
    this.responseName = responseName;
    this.plain = toPlainMember(definition);
    this.#nodes = nodes;
    this.#name = definition.name;
    this.#place = place;
    this.#resolve = definition.resolve as Resolve | undefined;
    this.#argumentsOf = createArgumentsOf(definition, nodes[0]);
    this.#complete = complete;
    this.#isLeaf = isLeaf;
    this.#isNullable = !isNonNullType(definition.type);
  }

  /** What stands in the answer, or a promise of it; throws or rejects when that cannot be null. */
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
    if (this.#resolve !== undefined)
      return this.#resolve(source, this.#argumentsOf(run.variables), run.context);
    if (typeof source !== 'object' || source === null) return undefined;
    const property = (source as Record<string, unknown>)[this.#name];
    if (typeof property !== 'function') return property;
    return property.call(source, this.#argumentsOf(run.variables), run.context);
  }

  #completed(run: Run, value: unknown, path: Path | undefined): unknown {
    const completed = this.#complete(run, value, path);
    if (completed !== null || this.#isNullable) return completed;
    throw new Error(`Cannot return null for non-nullable field ${this.#place}.`);
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
