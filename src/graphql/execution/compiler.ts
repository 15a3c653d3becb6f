import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import {
  type Complete,
  completeAbstract,
  completeLeaf,
  completeList,
  completeNonNull,
  completeObject,
  type Place,
  type ResolveType,
} from './completion.ts';
import { Field } from './field.ts';
import { Selection } from './selection.ts';

/** What an operation asks for that is left to graphql-js. */
export class Unsupported extends Error {}

/** What the compiler has to know of the document around a selection. */
export interface Source {
  readonly schema: GraphQLSchema;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Those of the variables that `@skip` and `@include` look at. */
  readonly conditions: Record<string, unknown>;
}

type AnyField = GraphQLField<unknown, unknown>;
type FieldNodes = readonly [FieldNode, ...FieldNode[]];

/**
 * Does once what graphql-js does for every object of every answer: collects the fields, looks up their
 * definitions and decides by their types how they are completed. What a resolver gets is the same but for
 * `info`, so one that declares a fourth parameter is left to graphql-js.
 */
export class Compiler {
  /** How many fields have been made so far. */
  fields = 0;
  readonly #source: Source;
  readonly #most: number;

  /** @param most fields, in all of the operation */
  constructor(source: Source, most: number) {
    this.#source = source;
    this.#most = most;
  }

  /** @throws Unsupported */
  selection(type: GraphQLObjectType, collected: ReadonlyMap<string, readonly FieldNode[]>): Selection {
    if (type.isTypeOf) throw new Unsupported(`isTypeOf of ${type.name}`);
    const fields = [...collected].flatMap(([responseName, nodes]) =>
      this.#field(type, responseName, nodes as FieldNodes),
    );
    return new Selection(fields);
  }

  #field(parent: GraphQLObjectType, responseName: string, nodes: FieldNodes): Field[] {
    const name = nodes[0].name.value;
    // An object cannot have it as a member of its own.
    if (responseName === '__proto__') throw new Unsupported(responseName);
    this.fields += 1;
    if (this.fields > this.#most) throw new Unsupported(`more than ${this.#most} fields`);
    const definition = name === TypeNameMetaFieldDef.name ? typeNameOf(parent) : parent.getFields()[name];
    if (definition === undefined) throw new Unsupported(`${parent.name}.${name}`);
    if ((definition.resolve?.length ?? 0) > 3) throw new Unsupported(`info for ${parent.name}.${name}`);
    const place = { name: `${parent.name}.${name}`, nodes };
    const type = isNonNullType(definition.type) ? definition.type.ofType : definition.type;
    const complete = this.#completion(type, place);
    return [
      new Field({ responseName, place: place.name, nodes, definition, complete, isLeaf: isLeafType(type) }),
    ];
  }

  #completion(type: GraphQLOutputType, place: Place): Complete {
    if (isNonNullType(type)) return completeNonNull(this.#completion(type.ofType, place), place);
    if (isListType(type)) {
      const item: GraphQLOutputType = type.ofType;
      return completeList(this.#completion(item, place), !isNonNullType(item), place);
    }
    if (isLeafType(type)) return completeLeaf(type);
    if (isAbstractType(type)) return this.#abstract(type, place);
    return completeObject(this.#subselection(type, place));
  }

  #abstract(type: GraphQLAbstractType, place: Place): Complete {
    const { resolveType } = type;
    if (resolveType === undefined || resolveType === null || resolveType.length > 2) {
      throw new Unsupported(`the way to tell a ${type.name}`);
    }
    const possible = this.#source.schema.getPossibleTypes(type);
    const selections = new Map(possible.map((each) => [each.name, this.#subselection(each, place)]));
    const named = { name: type.name, resolveType: resolveType as ResolveType };
    return completeAbstract(named, selections, place);
  }

  #subselection(type: GraphQLObjectType, { nodes }: Place): Selection {
    const { schema, fragments, conditions } = this.#source;
    return this.selection(type, collectSubfields(schema, fragments, conditions, type, nodes));
  }
}

function typeNameOf(parent: GraphQLObjectType): AnyField {
  return { ...TypeNameMetaFieldDef, resolve: () => getNamedType(parent).name };
}
