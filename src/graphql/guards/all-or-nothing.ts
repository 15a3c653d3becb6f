import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  getArgumentValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Calls } from '../../calls/calls.ts';
import { Forbidden } from '../../calls/rights.ts';
import type { Context } from '../context.ts';
import { fragmentsOf } from '../execution/fragments.ts';
import { collectFields } from '../execution/graphql-internals.ts';
import { decodeAccountId, decodeCallId } from '../relay/global-id.ts';
import type { CreateGuard, PendingOperation } from './guard.ts';

/**
 * A guard that refuses a mutation with several changes as a whole if one of them would fail with a predictable
 * GraphQL error: a missing right, or a variable that is null where the argument must not be.
 *
 * Changes are executed serially, and payloads are non-null: such an error would make the whole response null (GraphQL,
 * section 6.4.4), including the calls that were placed before it and have to be paid for.
 */
export const allOrNothing: CreateGuard<Pick<Context, 'calls'>> = ({ calls }) => ({
  check(pending) {
    const { operation } = pending;
    if (operation?.operation !== 'mutation' || isSingle(operation)) return;
    const variables = pending.coerce();
    const changes = changesIn(pending, operation, variables);
    if (changes.length < 2) return;
    for (const change of changes) checkChange(change, variables, calls);
  },
});

type Values = Readonly<Record<string, unknown>>;

interface Change {
  /** The response name of the field. */
  readonly key: string;
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
}

/** Whether an operation selects a single field. */
function isSingle({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.length === 1 && selections[0]?.kind === Kind.FIELD;
}

function changesIn(
  { schema, document }: PendingOperation,
  { selectionSet }: OperationDefinitionNode,
  variables: Values,
): Change[] {
  const type = schema.getMutationType();
  if (!type) return [];
  try {
    const fields = collectFields(schema, fragmentsOf(document), variables, type, selectionSet);
    return [...fields].flatMap(([key, [node]]) => {
      const definition = node && type.getFields()[node.name.value];
      return node === undefined || definition === undefined ? [] : [{ key, node, definition }];
    });
  } catch {
    // The condition of a `@skip` or `@include` is null.
    return [];
  }
}

/** @throws GraphQLError that the change would fail with */
function checkChange({ key, node, definition }: Change, variables: Values, calls: Calls): void {
  const location = { nodes: node, path: [key] };
  try {
    const { input } = getArgumentValues(definition, node, variables) as { input: Values };
    calls.writable(accountKeyIn(input), []);
  } catch (error) {
    if (error instanceof Forbidden) {
      throw new GraphQLError(error.message, { ...location, originalError: error, extensions: { http } });
    }
    if (error instanceof GraphQLError) {
      const message = `An argument of \`${key}\` is null, or has null in it, where the schema allows none.`;
      throw new GraphQLError(message, { ...location, extensions: { code: 'BAD_USER_INPUT', http } });
    }
    // Other failures, such as an unknown id, are reported in the payload's `userErrors`.
  }
}

/** `statusByMediaType` changes it to 200 for clients that accept only `application/json`. */
const http = { status: 400 };

/** The input of every mutation has the id of an account or of a call. */
function accountKeyIn({ accountId, id }: Values): string {
  return accountId === undefined
    ? decodeCallId(String(id)).accountKey
    : decodeAccountId(String(accountId)).accountKey;
}
