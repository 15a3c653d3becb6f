import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';

/** What one request passes before and after its operation is executed. */
export interface Guard {
  /** Refuses the operation by throwing a GraphQLError. Returns a promise only if it has to wait for something. */
  check?(operation: PendingOperation): void | Promise<void>;
  /** Called once, before the response is sent. Returns members for its `extensions`. */
  finish?(operation: EndedOperation): object | undefined;
}

/** Creates the guard of one request from the part of its context that it needs. */
export type CreateGuard<Context> = (context: Context) => Guard;

/** A valid operation that has not been executed. */
export interface PendingOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Undefined if the document has none of the requested name. */
  readonly operation: OperationDefinitionNode | undefined;
  /** Variables as the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Returns the variables as resolvers get them. Throws a GraphQLError if they are not valid. */
  coerce(): Readonly<Record<string, unknown>>;
  /** How many tokens of the document were parsed for this request; 0 if it was cached. */
  readonly tokens: number;
}

/** An operation that has been executed or refused. */
export interface EndedOperation {
  /** Undefined if the request has no valid operation. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly errors: readonly GraphQLError[];
  readonly tokens: number;
}
