import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { cap } from './cap.ts';
import { type Fragments, fragmentsByName } from './fragments-by-name.ts';

/**
 * Measures the operations of one document. Visits each selection of a fragment once, however often and by however
 * many operations it is spread. Cyclic and undefined fragments count as empty; validation refuses them.
 */
export class OperationShapes {
  readonly #fragments: Fragments;
  readonly #fragmentShapes = new Map<string, Shape>();
  readonly #fragmentCount: number;

  constructor(document: DocumentNode, fragments = fragmentsByName(document)) {
    this.#fragments = fragments;
    this.#fragmentCount = countFragments(document);
  }

  of({ operation, selectionSet, directives, variableDefinitions = [] }: OperationDefinitionNode): Shape {
    const shape = this.#selections(selectionSet);
    shape.fragments = this.#fragmentCount;
    if (operation !== 'mutation') shape.changes = 0;
    for (const each of [{ directives }, ...variableDefinitions]) {
      shape.directives = cap(shape.directives + lengthOf(each.directives));
    }
    return shape;
  }

  /** Counts `rootFields` and `changes` as if this were the root of a mutation. */
  #selections({ selections }: SelectionSetNode): Mutable<Shape> {
    const sum: Mutable<Shape> = { ...emptyShape };
    const names = new Set<string>();
    for (const selection of selections) {
      sum.directives = cap(sum.directives + lengthOf(selection.directives));
      if (selection.kind === Kind.FIELD) {
        const { alias, name, selectionSet } = selection;
        const before = names.size;
        if (alias === undefined) names.add(name.value);
        if (names.size === before) sum.aliases += 1;
        sum.fields += 1;
        sum.rootFields = cap(sum.rootFields + 1);
        if (name.value !== '__typename') sum.changes = cap(sum.changes + 1);
        addNested(sum, selectionSet === undefined ? emptyShape : this.#selections(selectionSet), 1);
      } else {
        const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
        const inner = isSpread
          ? this.#fragment(selection.name.value)
          : this.#selections(selection.selectionSet);
        addNested(sum, inner, 0);
        sum.rootFields = cap(sum.rootFields + inner.rootFields);
        sum.changes = cap(sum.changes + inner.changes);
      }
    }
    return sum;
  }

  #fragment(name: string): Shape {
    const cached = this.#fragmentShapes.get(name);
    if (cached !== undefined) return cached;
    const definition = this.#fragments.get(name);
    if (definition === undefined) return emptyShape;
    // Ends the recursion for a fragment that spreads itself.
    this.#fragmentShapes.set(name, emptyShape);
    const shape = this.#selections(definition.selectionSet);
    shape.directives = cap(shape.directives + lengthOf(definition.directives));
    this.#fragmentShapes.set(name, shape);
    return shape;
  }
}

/**
 * The figures of an operation that do not depend on variables. A fragment counts at each of its spreads. No figure
 * exceeds 10¹⁵.
 */
export interface Shape {
  /** Depth of nested fields: 1 for an operation that selects only leaves. */
  readonly depth: number;
  /**
   * Fields with an alias, and fields that a selection set contains twice: both request the same data repeatedly.
   * `__typename` counts too.
   */
  readonly aliases: number;
  readonly rootFields: number;
  /** The root fields of a mutation without `__typename`; 0 for other operations. */
  readonly changes: number;
  /** On the operation, its variables, its fields and its fragments. */
  readonly directives: number;
  /** Inline fragments and fragment spreads of the document, each counted once. */
  readonly fragments: number;
  /** All fields. */
  readonly fields: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const emptyShape: Shape = {
  depth: 0,
  aliases: 0,
  rootFields: 0,
  changes: 0,
  directives: 0,
  fragments: 0,
  fields: 0,
};

/** Validation compares each pair of fragments in a selection set, so their number is limited. */
function countFragments(document: DocumentNode): number {
  let count = 0;
  const increment = (): void => {
    count += 1;
  };
  visit(document, { FragmentSpread: increment, InlineFragment: increment });
  return count;
}

/** Adds a selection set that is nested `levels` deeper. */
function addNested(sum: Mutable<Shape>, inner: Shape, levels: number): void {
  sum.depth = Math.max(sum.depth, inner.depth + levels);
  sum.aliases = cap(sum.aliases + inner.aliases);
  sum.directives = cap(sum.directives + inner.directives);
  sum.fields = cap(sum.fields + inner.fields);
}

function lengthOf(directives: readonly DirectiveNode[] | undefined): number {
  return directives?.length ?? 0;
}
