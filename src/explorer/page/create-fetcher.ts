import type { GraphiQLProps } from 'graphiql';
import { GraphQLError } from 'graphql';
import { fillPlaceholders } from './fill-placeholders.ts';
import { createPlaceholders } from './placeholders.ts';
import type { Session } from './session.ts';

/** Creates the fetcher of GraphiQL: sends operations to the URL of this page, with their placeholders filled. */
export function createFetcher(session: Session): Fetcher {
  const placeholders = createPlaceholders((operation) => post(operation, session), session.server);
  return async ({ query, operationName, variables }) => {
    try {
      const name = isIn(query, operationName) ? operationName : undefined;
      const operation = {
        query,
        operationName: name,
        variables: await fillPlaceholders(variables, placeholders),
      };
      return await post(operation, session, operationName !== 'IntrospectionQuery');
    } catch (error) {
      // Returned as a result, because GraphiQL shows the stack of an error that is thrown.
      return { errors: [new GraphQLError(error instanceof Error ? error.message : String(error))] };
    }
  };
}

type Fetcher = GraphiQLProps['fetcher'];

interface Operation {
  query: string;
  operationName?: string | null | undefined;
  variables?: unknown;
}

/** Whether the document has the operation. Up to 100 ms after a change of tab GraphiQL passes the previous tab's name. */
function isIn(query: string, operationName: string | null | undefined): boolean {
  return new RegExp(`\\b(query|mutation)\\s+${operationName}\\b`).test(query);
}

/** @param isTimed whether the page shows the duration of the request */
async function post(operation: Operation, session: Session, isTimed = false) {
  const began = performance.now();
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...session.headers,
    },
    body: JSON.stringify(operation),
  });
  const text = await response.text();
  if (isTimed) {
    const milliseconds = Math.round(performance.now() - began);
    session.figures = { status: response.status, milliseconds, bytes: new Blob([text]).size };
  }
  if (!response.headers.get('content-type')?.includes('json')) {
    throw new Error(`The server answered ${response.status} without a GraphQL result: ${text.slice(0, 200)}`);
  }
  return JSON.parse(text);
}
