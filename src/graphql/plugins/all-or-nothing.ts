import type { ApolloServerPlugin } from '@apollo/server';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Calls } from '../../calls/calls.ts';
import { Forbidden } from '../../calls/rights.ts';
import type { Context } from '../context.ts';
import { Variables } from '../execution/variables.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';

type Values = Readonly<Record<string, unknown>>;

interface Change {
  /** The key of its place in the answer. */
  readonly key: string;
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
}

/**
 * Refuses a mutation of several changes as a whole when one of them would fail with a GraphQL error that
 * can be foreseen: rights that are missing, or an argument that a variable spoils.
 *
 * Changes are made one after the other, and a payload is never null: such an error makes null of the whole
 * answer (GraphQL, section 6.4.4), the calls that were placed before it included. Whoever pays for a call
 * would never learn of it.
 */
export const allOrNothing: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        if (operation?.operation !== 'mutation' || isSingle(operation)) return;
        const fragments = Object.fromEntries(
          document.definitions.flatMap((each) =>
            each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
          ),
        );
        const refusal = refusalOf(schema, operation, fragments, request.variables ?? {}, contextValue.calls);
        if (refusal !== undefined) throw refusal;
      },
    };
  },
};

/** Whether an operation asks for one field alone. */
export function isSingle({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.length === 1 && selections[0]?.kind === Kind.FIELD;
}

/** What is wrong with the variables is left to `checkVariables`. */
function refusalOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  given: Values,
  calls: Calls,
): GraphQLError | undefined {
  const coerced = coerce(schema, operation, given);
  const type = schema.getMutationType();
  if (coerced === undefined || !type) return undefined;
  const changes = changesIn(schema, type, operation, fragments, coerced);
  if (changes.length < 2) return undefined;
  for (const change of changes) {
    const refusal = refusalOfOne(change, coerced, calls);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function coerce(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Values,
): Values | undefined {
  try {
    return new Variables(schema, operation).coerce(given);
  } catch {
    return undefined;
  }
}

function changesIn(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  { selectionSet }: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  variables: Values,
): Change[] {
  try {
    const fields = collectFields(schema, fragments, variables, type, selectionSet);
    return [...fields].flatMap(([key, [node]]) => {
      const definition = node && type.getFields()[node.name.value];
      return node === undefined || definition === undefined ? [] : [{ key, node, definition }];
    });
  } catch {
    // A condition of `@skip` or `@include` that is null.
    return [];
  }
}

function refusalOfOne(
  { key, node, definition }: Change,
  variables: Values,
  calls: Calls,
): GraphQLError | undefined {
  try {
    const { input } = getArgumentValues(definition, node, variables) as { input: Values };
    calls.writable(accountKeyIn(input), []);
  } catch (error) {
    const place = { nodes: node, path: [key] };
    if (error instanceof Forbidden) {
      return new GraphQLError(error.message, { ...place, originalError: error, extensions: { http } });
    }
    if (error instanceof GraphQLError) {
      const message = `An argument of \`${key}\` is null, or has null in it, where the schema allows none.`;
      return new GraphQLError(message, { ...place, extensions: { code: 'BAD_USER_INPUT', http } });
    }
    // The rest, such as an id of nothing, goes into the payload's `userErrors` and makes null of nothing.
  }
  return undefined;
}

/** Refused before execution: made 200 for who takes `application/json`. */
const http = { status: 400 };

/** Every change names the account, or the call that it is about. */
function accountKeyIn({ accountId, id }: Values): string {
  return accountId === undefined
    ? decodeCallId(String(id)).accountKey
    : decodeAccountId(String(accountId)).accountKey;
}
