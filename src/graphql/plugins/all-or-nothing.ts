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
import type { Calls } from '../../calls/calls.ts';
import { Forbidden } from '../../calls/rights.ts';
import type { Context } from '../context.ts';
import { collectFields } from '../execution/graphql-internals.ts';
import { Variables } from '../execution/variables.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';

/**
 * A plug-in that refuses a mutation with several changes as a whole if one of them would fail with a predictable
 * GraphQL error: a missing right, or a variable that is null where the argument must not be.
 *
 * Changes are executed serially, and payloads are non-null: such an error would make the whole response null (GraphQL,
 * section 6.4.4), including the calls that were placed before it and have to be paid for.
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
        const error = findError(schema, operation, fragments, request.variables ?? {}, contextValue.calls);
        if (error !== undefined) throw error;
      },
    };
  },
};

type Values = Readonly<Record<string, unknown>>;

interface Change {
  /** The response name of the field. */
  readonly key: string;
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
}

/** Whether an operation selects a single field. */
export function isSingle({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.length === 1 && selections[0]?.kind === Kind.FIELD;
}

/** Returns the first predictable error. Invalid variables are left to `checkVariables`. */
function findError(
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
    const error = errorOfChange(change, coerced, calls);
    if (error !== undefined) return error;
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
    // The condition of a `@skip` or `@include` is null.
    return [];
  }
}

function errorOfChange(
  { key, node, definition }: Change,
  variables: Values,
  calls: Calls,
): GraphQLError | undefined {
  try {
    const { input } = getArgumentValues(definition, node, variables) as { input: Values };
    calls.writable(accountKeyIn(input), []);
  } catch (error) {
    const location = { nodes: node, path: [key] };
    if (error instanceof Forbidden) {
      return new GraphQLError(error.message, { ...location, originalError: error, extensions: { http } });
    }
    if (error instanceof GraphQLError) {
      const message = `An argument of \`${key}\` is null, or has null in it, where the schema allows none.`;
      return new GraphQLError(message, { ...location, extensions: { code: 'BAD_USER_INPUT', http } });
    }
    // Other failures, such as an unknown id, are reported in the payload's `userErrors`.
  }
  return undefined;
}

/** `statusByMediaType` changes it to 200 for clients that accept only `application/json`. */
const http = { status: 400 };

/** The input of every mutation has the id of an account or of a call. */
function accountKeyIn({ accountId, id }: Values): string {
  return accountId === undefined
    ? decodeCallId(String(id)).accountKey
    : decodeAccountId(String(accountId)).accountKey;
}
