import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { costRuleOf, introspectionNodes, namedTypeOf } from './cost-rules.ts';
import { toFieldCost } from './field-cost.ts';
import { type Fragments, fragmentsByName } from './fragments-by-name.ts';
import { OperationArguments } from './operation-arguments.ts';
import { addCosts, fixedCost, noCost, type SelectionCost } from './selection-cost.ts';

/**
 * Estimates the cost of an operation as an upper bound: a field counts wherever it is selected, even if the executor
 * merges it with another. Visits each selection once, however often its fragment is spread. Does not throw for a
 * valid document, whatever the variables.
 *
 * @param fragments of the document, if the caller has them already
 */
export function costOf(input: CostInput, fragments = fragmentsByName(input.document)): Cost {
  const { schema, operation } = input;
  const root = schema.getRootType(operation.operation) ?? undefined;
  const { nodes, requests } = new CostEstimate(input, fragments).selections(operation.selectionSet, root);
  return { nodes, requests };
}

/** The estimated cost of executing an operation. No figure exceeds 10¹⁵. */
export interface Cost {
  /** Calls and accounts in the response. */
  readonly nodes: number;
  /**
   * Requests to providers in the usual case. A call that is cached costs none, and a filter that a provider
   * does not support costs more than one for a page.
   */
  readonly requests: number;
}

export interface CostInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them, before coercion. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

class CostEstimate {
  readonly #schema: GraphQLSchema;
  readonly #accounts: number;
  readonly #arguments: OperationArguments;
  readonly #fragments: Fragments;
  readonly #fragmentCosts = new Map<string, SelectionCost>();

  constructor({ schema, operation, variables, accounts }: CostInput, fragments: Fragments) {
    this.#schema = schema;
    this.#accounts = accounts;
    this.#arguments = new OperationArguments(operation, variables);
    this.#fragments = fragments;
  }

  selections({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): SelectionCost {
    let sum = noCost;
    for (const selection of selections) {
      if (this.#arguments.isExcluded(selection)) continue;
      if (selection.kind === Kind.FIELD) sum = addCosts(sum, this.#field(selection, parent));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        sum = addCosts(sum, this.#fragment(selection.name.value));
      } else {
        const { typeCondition, selectionSet } = selection;
        const type = typeCondition === undefined ? parent : this.#schema.getType(typeCondition.name.value);
        sum = addCosts(sum, this.selections(selectionSet, type));
      }
    }
    return sum;
  }

  #fragment(name: string): SelectionCost {
    const cached = this.#fragmentCosts.get(name);
    if (cached !== undefined) return cached;
    const definition = this.#fragments.get(name);
    if (definition === undefined) return noCost;
    // Ends the recursion for a fragment that spreads itself.
    this.#fragmentCosts.set(name, noCost);
    const type = this.#schema.getType(definition.typeCondition.name.value);
    const cost = this.selections(definition.selectionSet, type);
    this.#fragmentCosts.set(name, cost);
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined): SelectionCost {
    const name = node.name.value;
    if (name.startsWith('__')) return name === '__typename' ? noCost : fixedCost(introspectionNodes, 0);
    // Objects and interfaces. A union has no field but `__typename`.
    const field = parent && 'getInterfaces' in parent ? parent.getFields()[name] : undefined;
    if (parent === undefined || field === undefined) return noCost;
    const { selectionSet } = node;
    const inner =
      selectionSet === undefined ? noCost : this.selections(selectionSet, namedTypeOf(field.type));
    const input = { node, arguments: this.#arguments, accounts: this.#accounts };
    return toFieldCost(costRuleOf(parent.name, field), inner, input);
  }
}
