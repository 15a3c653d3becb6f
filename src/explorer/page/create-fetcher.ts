import type { GraphiQLProps } from 'graphiql';
import { GraphQLError, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { fillPlaceholders } from './fill-placeholders.ts';
import { followEvents } from './follow-events.ts';
import { createPlaceholders } from './placeholders.ts';
import { post } from './post.ts';
import type { Session } from './session.ts';

/** Creates the fetcher of GraphiQL: sends operations to the URL of this page, with their placeholders filled. */
export function createFetcher(session: Session): Fetcher {
  const placeholders = createPlaceholders((operation) => post(operation, session), session.server);
  return async ({ query, operationName, variables }) => {
    try {
      const definition = findOperation(query, operationName);
      const operation = {
        query,
        ...(definition?.name && { operationName: definition.name.value }),
        variables: (await fillPlaceholders(variables, placeholders)) as Record<string, unknown>,
      };
      if (definition?.operation === 'subscription') return followEvents(operation, session);
      return await post(operation, session, operationName !== 'IntrospectionQuery');
    } catch (error) {
      // Returned as a result, because GraphiQL shows the stack of an error that is thrown.
      return { errors: [new GraphQLError(error instanceof Error ? error.message : String(error))] };
    }
  };
}

type Fetcher = GraphiQLProps['fetcher'];

/**
 * The operation that is meant: that of the name, or the only one. Up to 100 ms after a change of tab GraphiQL passes the
 * previous tab's name. Undefined if the server has to say what is wrong.
 */
function findOperation(query: string, name: string | null | undefined): OperationDefinitionNode | undefined {
  try {
    const document = parse(query);
    return getOperationAST(document, name) ?? getOperationAST(document) ?? undefined;
  } catch {
    return undefined;
  }
}
