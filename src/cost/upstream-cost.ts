import type { GraphQLField, GraphQLNamedType, GraphQLOutputType } from 'graphql';

/** What a field costs, by what becomes of it when it is resolved. */
export type Rule =
  /** Nothing, or nothing that is not counted elsewhere. */
  | 'free'
  /** A call or an account that is at hand: 1 node. */
  | 'object'
  /** One that must be read: 1 node, 1 request. */
  | 'look-up'
  /** The same for each of `ids`. */
  | 'look-ups'
  /** 1 node for each account that the caller may see. */
  | 'accounts'
  /** A page of one account: 1 request, and a node for each call asked for. */
  | 'page'
  /** The same of several accounts: a request for each. */
  | 'merged-page'
  /** Gives the calls of the page around it, which are counted there. */
  | 'each-call'
  /** Gives something for each account of the page around it. */
  | 'each-account'
  /** Gives something for each call that the page around it may tell as skipped. */
  | 'each-skipped'
  /** Asks each account of the page around it once more. */
  | 'request-per-account'
  /** 1 request. */
  | 'request';

const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
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
  // Paging forwards; paging backwards it is `hasNextPage`. Who asks for both pays for the one.
  PageInfo: { hasPreviousPage: 'request-per-account' },
  UpdateCallPayload: { call: 'look-up' },
  UpdateCallBxmlPayload: { call: 'look-up' },
};

/** Skipped calls that a page tells of one account: 20 by name, and the number of the others. */
export const mostSkipped = 21;

/** Nodes that a look at the schema counts as: the whole schema may come of it, as long as two full pages. */
export const introspectionNodes = 1000;

/**
 * The rule for a field: the one written down, or else the one that its type suggests, so that a field
 * added elsewhere is not free because nobody thought of this place.
 */
export function ruleOf(parentName: string, field: GraphQLField<unknown, unknown>): Rule {
  const written = rules[parentName]?.[field.name];
  if (written !== undefined) return written;
  if (parentName === 'Mutation') return 'request';
  const type = namedTypeOf(field.type);
  if (type.name.endsWith('Connection')) return 'merged-page';
  const isNode = 'getInterfaces' in type && type.getInterfaces().some(({ name }) => name === 'Node');
  return isNode || type.name === 'Node' ? 'object' : 'free';
}

/** The type without its lists and exclamation marks. */
export function namedTypeOf(type: GraphQLOutputType): GraphQLNamedType {
  return 'ofType' in type ? namedTypeOf(type.ofType) : type;
}
