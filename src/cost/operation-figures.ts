import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLNamedType,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CostSettings } from '../config/cost-settings.ts';
import type { DocumentSummary } from './document-summary.ts';
import { addFieldCost } from './field-cost.ts';
import type { FieldRules } from './field-rules.ts';
import { OperationArguments, type OperationValues } from './operation-arguments.ts';
import { cap, SelectionSum } from './selection-sum.ts';

/**
 * The figures of an operation that `CostSettings` limits and describes, and the number of its fields. A fragment
 * counts at each of its spreads. No figure exceeds 10¹⁵.
 *
 * `requests` are those of the usual case. A call that is cached costs none, and a filter that a provider does not
 * support costs more than one for a page.
 */
export type Figures = Readonly<
  Record<Exclude<keyof CostSettings, 'documentBytes' | 'tokens' | 'pointsPerMinute'> | 'fields', number>
>;

/** Nodes that `__schema` or `__type` counts as: the result may be as long as two full pages. */
const introspectionNodes = 1000;

const nothing: Readonly<SelectionSum> = new SelectionSum();
const noValues: OperationValues = { operation: {}, variables: {}, accounts: 0 };

/**
 * Counts the figures of operations of one document. They are an upper bound: a field counts wherever it is
 * selected, even if the executor merges it with another. Visits each selection once, however often its fragment is
 * spread. Cyclic and undefined fragments count as empty. Does not throw, whatever the document and the variables.
 */
export class OperationFigures {
  readonly #rules: FieldRules;
  readonly #document: DocumentSummary;
  readonly #arguments: OperationArguments;
  readonly #accounts: number;
  readonly #fragments = new Map<string, SelectionSum>();

  /** @param values of the operation; without them, the nodes and requests of the figures mean nothing */
  constructor(rules: FieldRules, document: DocumentSummary, values = noValues) {
    this.#rules = rules;
    this.#document = document;
    this.#accounts = values.accounts;
    this.#arguments = new OperationArguments(values);
  }

  of({ operation, selectionSet, directives, variableDefinitions = [] }: OperationDefinitionNode): Figures {
    const sum = this.#selections(selectionSet, this.#rules.schema.getRootType(operation) ?? undefined);
    const { depth, aliases, fields, rootFields, own, perAccount } = sum;
    for (const each of [{ directives }, ...variableDefinitions])
      sum.directives += each.directives?.length ?? 0;
    own.add(this.#accounts * perAccount.nodes, this.#accounts * perAccount.requests);
    return {
      depth,
      aliases: cap(aliases),
      fields: cap(fields),
      rootFields,
      changes: operation === 'mutation' ? sum.changes : 0,
      directives: cap(sum.directives),
      fragments: this.#document.fragmentCount,
      nodes: own.nodes,
      requests: own.requests,
    };
  }

  /** Counts `rootFields` and `changes` as if this were the root of a mutation. */
  #selections({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): SelectionSum {
    const sum = new SelectionSum();
    const names = new Set<string>();
    for (const selection of selections) {
      const isCosted = !this.#arguments.isExcluded(selection);
      sum.directives += selection.directives?.length ?? 0;
      if (selection.kind !== Kind.FIELD) {
        this.#addFragment(sum, selection, parent, isCosted);
        continue;
      }
      const { alias, name } = selection;
      if (alias !== undefined || names.has(name.value)) sum.aliases += 1;
      else names.add(name.value);
      this.#addField(sum, selection, parent, isCosted);
    }
    return sum;
  }

  #addField(
    sum: SelectionSum,
    node: FieldNode,
    parent: GraphQLNamedType | undefined,
    isCosted: boolean,
  ): void {
    const name = node.name.value;
    const rule = this.#rules.of(parent, name);
    const inner = node.selectionSet ? this.#selections(node.selectionSet, rule?.type) : nothing;
    sum.addShape(inner, 1);
    sum.fields += 1;
    sum.rootFields += 1;
    if (name === '__typename') return;
    sum.changes += 1;
    if (!isCosted) return;
    if (name.startsWith('__')) sum.own.add(introspectionNodes, 0);
    else if (rule !== undefined) addFieldCost(sum, inner, rule, node, this.#arguments);
  }

  #addFragment(
    sum: SelectionSum,
    node: InlineFragmentNode | FragmentSpreadNode,
    parent: GraphQLNamedType | undefined,
    isCosted: boolean,
  ): void {
    const inner =
      node.kind === Kind.FRAGMENT_SPREAD ? this.#fragment(node.name.value) : this.#typed(node, parent);
    sum.addShape(inner, 0);
    sum.rootFields = cap(sum.rootFields + inner.rootFields);
    sum.changes = cap(sum.changes + inner.changes);
    if (isCosted) sum.addCost(inner);
  }

  #fragment(name: string): SelectionSum {
    const cached = this.#fragments.get(name);
    const definition = this.#document.fragments.get(name);
    if (cached !== undefined || definition === undefined) return cached ?? nothing;
    // Ends the recursion for a fragment that spreads itself.
    this.#fragments.set(name, nothing);
    const sum = this.#typed(definition);
    sum.directives += definition.directives?.length ?? 0;
    this.#fragments.set(name, sum);
    return sum;
  }

  #typed(
    { typeCondition, selectionSet }: InlineFragmentNode | FragmentDefinitionNode,
    parent?: GraphQLNamedType,
  ): SelectionSum {
    const type = typeCondition ? this.#rules.schema.getType(typeCondition.name.value) : parent;
    return this.#selections(selectionSet, type);
  }
}
