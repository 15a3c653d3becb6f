import { cap } from './operation-shape.ts';

/**
 * The cost of a selection set, wherever it may stand. A fragment on a page does not know how large the
 * page is, so what depends on that is kept apart until the field that has the page's arguments is reached.
 * No figure exceeds 10¹⁵.
 */
export interface OpenCost {
  readonly nodes: number;
  readonly requests: number;
  /** For each call of the page around it. */
  readonly callNodes: number;
  readonly callRequests: number;
  /** For each account of that page. */
  readonly accountNodes: number;
  readonly accountRequests: number;
}

export const free: OpenCost = Object.freeze({
  nodes: 0,
  requests: 0,
  callNodes: 0,
  callRequests: 0,
  accountNodes: 0,
  accountRequests: 0,
});

/** A cost that depends on no page. */
export function fixed(nodes: number, requests: number): OpenCost {
  return { ...free, nodes: cap(nodes), requests: cap(requests) };
}

export function sumOf(a: OpenCost, b: OpenCost): OpenCost {
  if (a === free) return b;
  if (b === free) return a;
  return {
    nodes: cap(a.nodes + b.nodes),
    requests: cap(a.requests + b.requests),
    callNodes: cap(a.callNodes + b.callNodes),
    callRequests: cap(a.callRequests + b.callRequests),
    accountNodes: cap(a.accountNodes + b.accountNodes),
    accountRequests: cap(a.accountRequests + b.accountRequests),
  };
}

/** What stands in a page of `size` calls out of `accounts` accounts, the page itself not included. */
export function closed(cost: OpenCost, size: number, accounts: number): OpenCost {
  return fixed(
    cost.nodes + size * cost.callNodes + accounts * cost.accountNodes,
    cost.requests + size * cost.callRequests + accounts * cost.accountRequests,
  );
}
