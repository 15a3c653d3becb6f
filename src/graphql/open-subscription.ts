import {
  createSourceEventStream,
  type DocumentNode,
  GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import type { CallEvent } from '../calls/events/call-event.ts';
import { ProviderError } from '../calls/failure.ts';
import type { Context } from './context.ts';
import type { PendingOperation } from './guards/guard.ts';

/**
 * Opens the source of an accepted operation if it is a subscription (GraphQL, section 6.2.3.1), and refuses what the
 * transport of the request does not allow.
 *
 * @throws GraphQLError
 */
export async function openSubscription(
  context: Pick<Context, 'stream'>,
  { schema, document, operation, variables }: Omit<PendingOperation, 'coerce' | 'tokens'>,
): Promise<void> {
  const { stream } = context;
  if (operation?.operation === 'mutation' && stream?.mayChange === false)
    throw new GraphQLError(noChanges, method);
  if (operation?.operation !== 'subscription') return;
  if (stream === undefined) throw new GraphQLError(noStreams, { extensions: { code: 'BAD_REQUEST', http } });
  const source = await createSourceEventStream({
    schema,
    document: only(document, operation),
    contextValue: context,
    variableValues: variables,
  });
  if (!(Symbol.asyncIterator in source)) throw withStatus(source.errors?.[0]);
  const events = source[Symbol.asyncIterator]() as AsyncIterator<CallEvent, undefined>;
  stream.subscription = { schema, document, operation, variables, events };
}

const http = { status: 400 };
const method = { extensions: { code: 'BAD_REQUEST', http: { status: 405 } } };
const noChanges = 'Mutations are sent by POST.';
const noStreams =
  'A subscription is answered by a stream of events. Send it with `Accept: text/event-stream`, with ' +
  '`Accept: multipart/mixed;subscriptionSpec=1.0`, or over a WebSocket with the sub-protocol `graphql-transport-ws`.';

/** The document with this operation alone: graphql-js then needs no name to choose it by. */
function only(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const definitions = document.definitions.filter(
    (each) => each === operation || each.kind !== operation.kind,
  );
  return { ...document, definitions };
}

function withStatus(error: GraphQLError | undefined): GraphQLError {
  const status = error?.originalError instanceof ProviderError ? 503 : 400;
  if (error !== undefined) Object.assign(error.extensions, { http: { status } });
  return error ?? new GraphQLError('The subscription has no source.');
}
