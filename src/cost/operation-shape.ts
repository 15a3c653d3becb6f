import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/**
 * What can be said of an operation from its text alone. Fragments count wherever they are spread, as if
 * their text stood there. No figure exceeds `most`.
 */
export interface Shape {
  /** Fields within fields: 1 for an operation that selects leaves only. */
  readonly depth: number;
  /**
   * Fields with an alias, and fields selected again in the same braces: both are ways of asking for the
   * same thing many times over. `__typename` counts like any other.
   */
  readonly aliases: number;
  readonly rootFields: number;
  /** The root fields of a mutation, but for `__typename`; 0 for other operations. */
  readonly changes: number;
  /** On the operation, its variables, its fields and its fragments. */
  readonly directives: number;
  /** Fragments of the document, those in place and the spreads of others: as often as they are written, no more. */
  readonly fragments: number;
  /** All fields. */
  readonly fields: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Where counting ends. Thirty fragments that spread each other twice stand for a billion fields. */
export const most = 1e15;

const nothing: Shape = {
  depth: 0,
  aliases: 0,
  rootFields: 0,
  changes: 0,
  directives: 0,
  fragments: 0,
  fields: 0,
};

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** Whether fields can be merged is asked for each pair of fragments in the same braces. */
function countFragments(document: DocumentNode): number {
  let count = 0;
  const note = (): void => {
    count += 1;
  };
  visit(document, { FragmentSpread: note, InlineFragment: note });
  return count;
}

/** No more than `most`, so that nothing ever becomes infinite, or 0 times infinite. */
export function cap(figure: number): number {
  return Math.min(figure, most);
}

/**
 * The shapes of the operations of one document. Looks at each selection of a fragment once, however often it is
 * spread and by however many operations. Fragments that go round in circles, or that are missing, count as
 * nothing; validation refuses them.
 */
export class Shapes {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #measured = new Map<string, Shape>();
  readonly #written: number;

  constructor(document: DocumentNode, fragments = fragmentsOf(document)) {
    this.#fragments = fragments;
    this.#written = countFragments(document);
  }

  of({ operation, selectionSet, directives, variableDefinitions = [] }: OperationDefinitionNode): Shape {
    const shape = this.#selections(selectionSet);
    shape.fragments = this.#written;
    if (operation !== 'mutation') shape.changes = 0;
    for (const each of [{ directives }, ...variableDefinitions]) {
      shape.directives = cap(shape.directives + lengthOf(each.directives));
    }
    return shape;
  }

  /** `changes` are counted as if it were the top of a mutation. */
  #selections({ selections }: SelectionSetNode): Mutable<Shape> {
    const sum: Mutable<Shape> = { ...nothing };
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
        addWithin(sum, selectionSet === undefined ? nothing : this.#selections(selectionSet), 1);
      } else {
        const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
        const inner = isSpread
          ? this.#fragment(selection.name.value)
          : this.#selections(selection.selectionSet);
        addWithin(sum, inner, 0);
        sum.rootFields = cap(sum.rootFields + inner.rootFields);
        sum.changes = cap(sum.changes + inner.changes);
      }
    }
    return sum;
  }

  #fragment(name: string): Shape {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    const definition = this.#fragments.get(name);
    if (definition === undefined) return nothing;
    this.#measured.set(name, nothing);
    const shape = this.#selections(definition.selectionSet);
    shape.directives = cap(shape.directives + lengthOf(definition.directives));
    this.#measured.set(name, shape);
    return shape;
  }
}

/** Adds what stands `levels` further in. */
function addWithin(sum: Mutable<Shape>, inner: Shape, levels: number): void {
  sum.depth = Math.max(sum.depth, inner.depth + levels);
  sum.aliases = cap(sum.aliases + inner.aliases);
  sum.directives = cap(sum.directives + inner.directives);
  sum.fields = cap(sum.fields + inner.fields);
}

function lengthOf(directives: readonly DirectiveNode[] | undefined): number {
  return directives?.length ?? 0;
}
