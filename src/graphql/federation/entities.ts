import { GraphQLScalarType } from 'graphql';
import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { invalidInput } from '../../calls/failure.ts';
import type { Context } from '../context.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';
import { Node } from '../resolvers/call.ts';
import { loadEach } from '../resolvers/load-each.ts';

/**
 * The fields by which a gateway uses a subgraph (Apollo Federation 2, subgraph specification). They cost what `nodes`
 * costs.
 *
 * By hand: `@apollo/subgraph` 2.14 does not know `@oneOf`, and its `_entities` takes four parameters, which the compiled
 * executor leaves to graphql-js.
 */
export const federationFields = `
  "Anything that identifies an entity: its \`__typename\` and the fields of its key."
  scalar _Any
  "What other subgraphs may extend."
  union _Entity = Account | Call
  "This subgraph."
  type _Service {
    "Its SDL, for the composition of a supergraph."
    sdl: String!
  }
  extend type Query {
    "Entities by their keys, in the given order, with null where there is none or the caller may not see it."
    _entities(
      "At most 100."
      representations: [_Any!]!
    ): [_Entity]! @cost(weight: "1") @entries(argument: "representations") @requests(count: 1)
    "This subgraph."
    _service: _Service!
  }
`;

/** @param sdl what `_service` has */
export function createFederationResolvers(sdl: string) {
  return {
    _Any: new GraphQLScalarType({ name: '_Any' }),
    _Entity: Node,
    Query: {
      _service: () => ({ sdl }),
      _entities: (_: unknown, args: { readonly representations: readonly unknown[] }, context: Context) =>
        loadEach('representations', args.representations, (each, field) => load(each, context, field)),
    },
  };
}

async function load(
  representation: unknown,
  { calls }: Context,
  path: readonly string[],
): Promise<Call | Account | null> {
  const { __typename: type, id } = Object(representation) as Record<string, unknown>;
  const field = [...path, 'id'];
  if (typeof id !== 'string' || (type !== 'Call' && type !== 'Account')) {
    throw invalidInput(path, 'must have the `__typename` Call or Account, and an `id`');
  }
  if (type === 'Call') return calls.get(decodeCallId(id, field));
  return calls.account(decodeAccountId(id, field).accountKey);
}
