import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CallEvent } from '../calls/events/call-event.ts';

/** How an operation is executed whose results can be streamed to the client. */
export interface StreamRequest {
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** The cursor that the client sent to go on with, by other means than an argument. */
  readonly lastEventId: string | undefined;
  /** Whether the operation may be a mutation. */
  readonly mayChange: boolean;
  /** Set once the operation is a subscription that is accepted. */
  subscription?: OpenedSubscription;
}

/** A subscription whose source is open. */
export interface OpenedSubscription {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly events: AsyncIterator<CallEvent, undefined>;
}
