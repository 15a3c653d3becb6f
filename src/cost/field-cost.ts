import type { FieldNode } from 'graphql';
import { cap } from './cap.ts';
import { type CostRule, maxSkipped } from './cost-rules.ts';
import type { OperationArguments } from './operation-arguments.ts';
import { fixedCost, noCost, type SelectionCost, toPageCost } from './selection-cost.ts';

/** Applies the rule of a field to the cost of its selection set. */
export function toFieldCost(rule: CostRule, inner: SelectionCost, input: FieldCostInput): SelectionCost {
  const { nodes, requests } = inner;
  const { node, arguments: given, accounts } = input;
  switch (rule) {
    case 'free':
      return inner;
    case 'object':
      return fixedCost(nodes + 1, requests);
    case 'look-up':
      return fixedCost(nodes + 1, requests + 1);
    case 'look-ups': {
      const ids = given.ids(node);
      return fixedCost(ids * (nodes + 1), ids * (requests + 1));
    }
    case 'accounts':
      return fixedCost(accounts * (nodes + 1), accounts * requests);
    case 'page':
      return pageCost(inner, given.size(node), 1);
    case 'merged-page':
      return pageCost(inner, given.size(node), given.accounts(node, accounts));
    case 'each-call':
      return { ...noCost, callNodes: nodes, callRequests: requests };
    case 'each-account':
      return { ...noCost, accountNodes: nodes, accountRequests: requests };
    case 'each-skipped': {
      const [accountNodes, accountRequests] = [cap(maxSkipped * nodes), cap(maxSkipped * requests)];
      return { ...noCost, accountNodes, accountRequests };
    }
    case 'request-per-account':
      return { ...noCost, accountRequests: 1 };
    case 'request':
      return fixedCost(nodes, requests + 1);
  }
}

/** What the cost of a field depends on besides its rule and its selection set. */
export interface FieldCostInput {
  readonly node: FieldNode;
  readonly arguments: OperationArguments;
  /** How many accounts the caller may see. */
  readonly accounts: number;
}

function pageCost(inner: SelectionCost, size: number, accounts: number): SelectionCost {
  const { nodes, requests } = toPageCost(inner, size, accounts);
  return fixedCost(nodes + size, requests + accounts);
}
