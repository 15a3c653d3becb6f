import { cap } from './cap.ts';

/**
 * The cost of a selection set, independent of where it is spread. Inside a fragment the size of the surrounding page
 * is unknown, so costs per call and per account are kept separate until the field with the page's arguments is
 * reached. No figure exceeds 10¹⁵.
 */
export interface SelectionCost {
  readonly nodes: number;
  readonly requests: number;
  /** For each call of the surrounding page. */
  readonly callNodes: number;
  readonly callRequests: number;
  /** For each account of the surrounding page. */
  readonly accountNodes: number;
  readonly accountRequests: number;
}

export const noCost: SelectionCost = Object.freeze({
  nodes: 0,
  requests: 0,
  callNodes: 0,
  callRequests: 0,
  accountNodes: 0,
  accountRequests: 0,
});

/** A cost that does not depend on a page. */
export function fixedCost(nodes: number, requests: number): SelectionCost {
  return { ...noCost, nodes: cap(nodes), requests: cap(requests) };
}

export function addCosts(a: SelectionCost, b: SelectionCost): SelectionCost {
  if (a === noCost) return b;
  if (b === noCost) return a;
  return {
    nodes: cap(a.nodes + b.nodes),
    requests: cap(a.requests + b.requests),
    callNodes: cap(a.callNodes + b.callNodes),
    callRequests: cap(a.callRequests + b.callRequests),
    accountNodes: cap(a.accountNodes + b.accountNodes),
    accountRequests: cap(a.accountRequests + b.accountRequests),
  };
}

/** The cost of what a page of `size` calls from `accounts` accounts contains, without the page itself. */
export function toPageCost(cost: SelectionCost, size: number, accounts: number): SelectionCost {
  return fixedCost(
    cost.nodes + size * cost.callNodes + accounts * cost.accountNodes,
    cost.requests + size * cost.callRequests + accounts * cost.accountRequests,
  );
}
