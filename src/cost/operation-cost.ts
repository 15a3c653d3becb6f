import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { closed, fixed, free, type OpenCost, sumOf } from './open-cost.ts';
import { OperationArguments } from './operation-arguments.ts';
import { cap, fragmentsOf } from './operation-shape.ts';
import { introspectionNodes, mostSkipped, namedTypeOf, type Rule, ruleOf } from './upstream-cost.ts';

/** What carrying an operation out may come to. No figure exceeds 10¹⁵. */
export interface Cost {
  /** Calls and accounts in the answer. */
  readonly nodes: number;
  /**
   * Requests to providers, as a rule: a call that is known already costs none, and a filter that a provider
   * does not apply itself costs more than one for a page.
   */
  readonly requests: number;
}

export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

/**
 * Estimates from above: a field counts wherever it is selected, also where the executor would merge it
 * with another. Looks at each selection once, however often its fragment is spread, and throws on no valid
 * document, whatever the variables.
 *
 * @param fragments of the document, where the caller has them at hand
 */
export function costOf(asked: Asked, fragments = fragmentsOf(asked.document)): Cost {
  const root = asked.schema.getRootType(asked.operation.operation);
  const { nodes, requests } = new Estimate(asked, fragments).selections(
    asked.operation.selectionSet,
    root ?? undefined,
  );
  return { nodes, requests };
}

class Estimate {
  readonly #schema: GraphQLSchema;
  readonly #visible: number;
  readonly #arguments: OperationArguments;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #estimated = new Map<string, OpenCost>();

  constructor(
    { schema, operation, variables, accounts }: Asked,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {
    this.#schema = schema;
    this.#visible = accounts;
    this.#arguments = new OperationArguments(operation, variables);
    this.#fragments = fragments;
  }

  selections({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): OpenCost {
    let sum = free;
    for (const selection of selections) {
      if (this.#arguments.isLeftOut(selection)) continue;
      if (selection.kind === Kind.FIELD) sum = sumOf(sum, this.#field(selection, parent));
      else if (selection.kind === Kind.FRAGMENT_SPREAD)
        sum = sumOf(sum, this.#fragment(selection.name.value));
      else {
        const { typeCondition, selectionSet } = selection;
        const type = typeCondition === undefined ? parent : this.#schema.getType(typeCondition.name.value);
        sum = sumOf(sum, this.selections(selectionSet, type));
      }
    }
    return sum;
  }

  #fragment(name: string): OpenCost {
    const known = this.#estimated.get(name);
    if (known !== undefined) return known;
    const definition = this.#fragments.get(name);
    if (definition === undefined) return free;
    // Until it is known, so that a fragment that spreads itself comes to an end.
    this.#estimated.set(name, free);
    const type = this.#schema.getType(definition.typeCondition.name.value);
    const cost = this.selections(definition.selectionSet, type);
    this.#estimated.set(name, cost);
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined): OpenCost {
    const name = node.name.value;
    if (name.startsWith('__')) return name === '__typename' ? free : fixed(introspectionNodes, 0);
    // Objects and interfaces; a union has no field but `__typename`.
    const field = parent && 'getInterfaces' in parent ? parent.getFields()[name] : undefined;
    if (parent === undefined || field === undefined) return free;
    const { selectionSet } = node;
    const inner = selectionSet === undefined ? free : this.selections(selectionSet, namedTypeOf(field.type));
    return this.#charge(ruleOf(parent.name, field), node, inner);
  }

  #charge(rule: Rule, node: FieldNode, inner: OpenCost): OpenCost {
    const { nodes, requests } = inner;
    switch (rule) {
      case 'free':
        return inner;
      case 'object':
        return fixed(nodes + 1, requests);
      case 'look-up':
        return fixed(nodes + 1, requests + 1);
      case 'look-ups': {
        const ids = this.#arguments.ids(node);
        return fixed(ids * (nodes + 1), ids * (requests + 1));
      }
      case 'accounts':
        return fixed(this.#visible * (nodes + 1), this.#visible * requests);
      case 'page':
        return this.#page(node, inner, 1);
      case 'merged-page':
        return this.#page(node, inner, this.#arguments.accounts(node, this.#visible));
      case 'each-call':
        return { ...free, callNodes: nodes, callRequests: requests };
      case 'each-account':
        return { ...free, accountNodes: nodes, accountRequests: requests };
      case 'each-skipped':
        return {
          ...free,
          accountNodes: cap(mostSkipped * nodes),
          accountRequests: cap(mostSkipped * requests),
        };
      case 'request-per-account':
        return { ...free, accountRequests: 1 };
      case 'request':
        return fixed(nodes, requests + 1);
    }
  }

  #page(node: FieldNode, inner: OpenCost, accounts: number): OpenCost {
    const size = this.#arguments.size(node);
    const { nodes, requests } = closed(inner, size, accounts);
    return fixed(nodes + size, requests + accounts);
  }
}
