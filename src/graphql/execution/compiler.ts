import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  TypeNameMetaFieldDef,
} from 'graphql';
import {
  type Complete,
  completeAbstract,
  completeLeaf,
  completeList,
  completeNonNull,
  completeObject,
  type FieldLocation,
  type ResolveType,
} from './completion.ts';
import { Field } from './field.ts';
import type { Fragments } from './fragments.ts';
import { collectSubfields } from './graphql-internals.ts';
import { Selection } from './selection.ts';

/**
 * Compiles selection sets: does once what graphql-js does for every object of every response. It collects the fields,
 * looks up their definitions and chooses by their types how values are completed. Resolvers are called without `info`,
 * so a resolver with a fourth parameter is not supported.
 */
export class Compiler {
  /** How many fields have been compiled. */
  fields = 0;
  readonly #input: CompilerInput;
  readonly #maxFields: number;

  constructor(input: CompilerInput, maxFields: number) {
    this.#input = input;
    this.#maxFields = maxFields;
  }

  /**
   * Compiles a selection set of an object type.
   *
   * @param collected the fields by response name (GraphQL, section 6.3.2)
   * @throws Unsupported
   */
  selection(type: GraphQLObjectType, collected: ReadonlyMap<string, readonly FieldNode[]>): Selection {
    if (type.isTypeOf) throw new Unsupported(`isTypeOf of ${type.name}`);
    const compile = ([responseName, nodes]: readonly [string, readonly FieldNode[]]) =>
      this.#field(type, responseName, nodes as FieldNodes);
    return new Selection([...collected].map(compile));
  }

  #field(parent: GraphQLObjectType, responseName: string, nodes: FieldNodes): Field {
    const name = nodes[0].name.value;
    // Assigning this property would set the prototype.
    if (responseName === '__proto__') throw new Unsupported(responseName);
    this.fields += 1;
    if (this.fields > this.#maxFields) throw new Unsupported(`more than ${this.#maxFields} fields`);
    const definition = name === TypeNameMetaFieldDef.name ? typeNameOf(parent) : parent.getFields()[name];
    if (definition === undefined) throw new Unsupported(`${parent.name}.${name}`);
    if ((definition.resolve?.length ?? 0) > 3) throw new Unsupported(`info for ${parent.name}.${name}`);
    const location = { name: `${parent.name}.${name}`, nodes };
    const type = isNonNullType(definition.type) ? definition.type.ofType : definition.type;
    const complete = this.#completion(type, location);
    return new Field({ responseName, location, nodes, definition, complete, isLeaf: isLeafType(type) });
  }

  #completion(type: GraphQLOutputType, location: FieldLocation): Complete {
    if (isNonNullType(type)) return completeNonNull(this.#completion(type.ofType, location), location);
    if (isListType(type)) {
      const item: GraphQLOutputType = type.ofType;
      return completeList(this.#completion(item, location), !isNonNullType(item), location);
    }
    if (isLeafType(type)) return completeLeaf(type);
    if (isAbstractType(type)) return this.#abstract(type, location);
    return completeObject(this.#subselection(type, location));
  }

  #abstract(type: GraphQLAbstractType, location: FieldLocation): Complete {
    const { resolveType } = type;
    if (resolveType === undefined || resolveType === null || resolveType.length > 2) {
      throw new Unsupported(`resolveType of ${type.name}`);
    }
    const possible = this.#input.schema.getPossibleTypes(type);
    const selections = new Map(possible.map((each) => [each.name, this.#subselection(each, location)]));
    const named = { name: type.name, resolveType: resolveType as ResolveType };
    return completeAbstract(named, selections, location);
  }

  #subselection(type: GraphQLObjectType, { nodes }: FieldLocation): Selection {
    const { schema, fragments, conditions } = this.#input;
    return this.selection(type, collectSubfields(schema, fragments, conditions, type, nodes));
  }
}

/** Thrown for a feature that the compiler does not support. graphql-js then executes the operation. */
export class Unsupported extends Error {}

export interface CompilerInput {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** The values of the variables that `@skip` and `@include` use. */
  readonly conditions: Record<string, unknown>;
}

type AnyField = GraphQLField<unknown, unknown>;
type FieldNodes = readonly [FieldNode, ...FieldNode[]];

function typeNameOf(parent: GraphQLObjectType): AnyField {
  return { ...TypeNameMetaFieldDef, resolve: () => parent.name };
}
