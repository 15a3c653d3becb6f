import type { GraphQLField, GraphQLNamedType, GraphQLOutputType } from 'graphql';

/**
 * Returns the rule of a field. A field without a rule of its own gets one by its type, so that a field added to the
 * schema is not free by oversight.
 */
export function costRuleOf(parentName: string, field: GraphQLField<unknown, unknown>): CostRule {
  const rule = rules[parentName]?.[field.name];
  if (rule !== undefined) return rule;
  if (parentName === 'Mutation') return 'request';
  const type = namedTypeOf(field.type);
  if (type.name.endsWith('Connection')) return 'merged-page';
  const isNode = 'getInterfaces' in type && type.getInterfaces().some(({ name }) => name === 'Node');
  return isNode || type.name === 'Node' ? 'object' : 'free';
}

/** How the cost of a field is computed. */
export type CostRule =
  /** Costs nothing, or is counted elsewhere. */
  | 'free'
  /** A call or an account that is already loaded: 1 node. */
  | 'object'
  /** A call that is read from its provider: 1 node, 1 request. */
  | 'look-up'
  /** A `look-up` for each of `ids`. */
  | 'look-ups'
  /** 1 node for each account that the caller may see. */
  | 'accounts'
  /** A page of one account: 1 request, and 1 node for each call requested. */
  | 'page'
  /** A page of several accounts: 1 request for each, and 1 node for each call requested. */
  | 'merged-page'
  /** Its selection set applies to each call of the surrounding page. The calls are counted at the page. */
  | 'each-call'
  /** Its selection set applies to each account of the surrounding page. */
  | 'each-account'
  /** Its selection set applies to each call that the surrounding page may report as skipped. */
  | 'each-skipped'
  /** 1 more request for each account of the surrounding page. */
  | 'request-per-account'
  /** 1 request. */
  | 'request';

const rules: Readonly<Record<string, Readonly<Record<string, CostRule>>>> = {
  Query: { node: 'look-up', nodes: 'look-ups', call: 'look-up', accounts: 'accounts' },
  Account: { call: 'look-up', calls: 'page' },
  Call: { parent: 'look-up' },
  CallConnection: {
    edges: 'each-call',
    nodes: 'each-call',
    unavailable: 'each-account',
    skipped: 'each-skipped',
    totalCount: 'request-per-account',
  },
  CallEdge: { node: 'free' },
  // True of forward paging; of backward paging it is `hasNextPage`. Selecting both costs one of them.
  PageInfo: { hasPreviousPage: 'request-per-account' },
  UpdateCallPayload: { call: 'look-up' },
  UpdateCallBxmlPayload: { call: 'look-up' },
};

/** The most entries of `skipped` that a page has for one account: 20 calls, and one for the number of the others. */
export const maxSkipped = 21;

/** Nodes that `__schema` or `__type` counts as: the result may be as long as two full pages. */
export const introspectionNodes = 1000;

/** The named type inside list and non-null types. */
export function namedTypeOf(type: GraphQLOutputType): GraphQLNamedType {
  return 'ofType' in type ? namedTypeOf(type.ofType) : type;
}
