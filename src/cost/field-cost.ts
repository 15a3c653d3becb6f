import type { FieldNode } from 'graphql';
import type { FieldRule } from './field-rules.ts';
import type { OperationArguments } from './operation-arguments.ts';
import type { SelectionSum } from './selection-sum.ts';

/**
 * Adds what a field costs.
 *
 * @param sum of the selection set that the field is in
 * @param inner of its own selection set
 */
export function addFieldCost(
  sum: SelectionSum,
  inner: SelectionSum,
  rule: FieldRule,
  node: FieldNode,
  values: OperationArguments,
): void {
  const { cost, requests, listSize, entries, isSized } = rule;
  const { own, perCall, perAccount } = inner;
  const [nodes, allRequests] = [cost.weight + own.nodes, requests.count + own.requests];
  if (listSize !== undefined && listSize.sizedFields === undefined) {
    const size = values.size(node, listSize);
    sum.own.add(size * nodes, requests.count + size * own.requests);
    sum.perCall.add(size * perCall.nodes, size * perCall.requests);
    sum.perAccount.add(size * perAccount.nodes, size * perAccount.requests);
  } else if (listSize !== undefined) {
    const [size, accounts] = [values.size(node, listSize), values.accounts(node, rule)];
    sum.own.add(
      own.nodes + size * (cost.weight + perCall.nodes) + accounts * perAccount.nodes,
      allRequests + size * perCall.requests + accounts * (requests.perAccount + perAccount.requests),
    );
  } else if (isSized) sum.perCall.add(nodes, allRequests);
  else if (entries.perAccount !== undefined) {
    sum.perAccount.add(entries.perAccount * nodes, entries.perAccount * allRequests);
  } else {
    const ids = entries.argument === undefined ? 1 : values.ids(node, entries.argument);
    sum.own.add(ids * nodes, ids * allRequests);
    sum.perCall.add(perCall.nodes, perCall.requests);
    sum.perAccount.add(perAccount.nodes, perAccount.requests + requests.perAccount);
  }
}
