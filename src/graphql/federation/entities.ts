import { GraphQLScalarType } from 'graphql';
import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { Refusal } from '../../calls/failure.ts';
import { maxIds } from '../../cost/list-limits.ts';
import type { Context } from '../context.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';

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
    _Entity: { __resolveType: (entity: Call | Account) => ('providerCallId' in entity ? 'Call' : 'Account') },
    Query: {
      _service: () => ({ sdl }),
      _entities: (_: unknown, { representations }: Representations, context: Context) =>
        loadAll(representations, context),
    },
  };
}

interface Representations {
  readonly representations: readonly unknown[];
}

/** Loads each entity separately, so that one failure does not affect the others. Equal ones are loaded once. */
function loadAll(representations: readonly unknown[], context: Context): Promise<Call | Account | null>[] {
  if (representations.length > maxIds) {
    const message = `\`representations\` may hold at most ${maxIds}, but holds ${representations.length}.`;
    throw new Refusal('INVALID_INPUT', message, { field: ['representations'] });
  }
  return representations.map((representation, i) =>
    load(representation, context, ['representations', `${i}`]),
  );
}

async function load(
  representation: unknown,
  { calls }: Context,
  path: readonly string[],
): Promise<Call | Account | null> {
  const { __typename: type, id } = Object(representation) as Record<string, unknown>;
  const field = [...path, 'id'];
  if (typeof id !== 'string' || (type !== 'Call' && type !== 'Account')) {
    const message = `\`${path.join('.')}\` must have the \`__typename\` Call or Account, and an \`id\`.`;
    throw new Refusal('INVALID_INPUT', message, { field: path });
  }
  if (type === 'Call') return calls.get(decodeCallId(id, field));
  return calls.account(decodeAccountId(id, field).accountKey);
}
