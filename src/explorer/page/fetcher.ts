import type { GraphiQLProps } from 'graphiql';
import { GraphQLError } from 'graphql';
import { fillIn } from './fill-in.ts';
import { createLookUps } from './look-ups.ts';
import type { Session } from './session.ts';

type Fetcher = GraphiQLProps['fetcher'];

interface Operation {
  query: string;
  operationName?: string | null | undefined;
  variables?: unknown;
}

/** Sends operations to the address that this page was opened at, after filling in their placeholders. */
export function createFetcher(session: Session): Fetcher {
  const lookUps = createLookUps((operation) => post(operation, session), session.server);
  return async ({ query, operationName, variables }) => {
    try {
      const name = isIn(query, operationName) ? operationName : undefined;
      const operation = { query, operationName: name, variables: await fillIn(variables, lookUps) };
      return await post(operation, session, operationName !== 'IntrospectionQuery');
    } catch (error) {
      // As a result rather than a throw: GraphiQL would show the stack of the page's own code.
      return { errors: [new GraphQLError(error instanceof Error ? error.message : String(error))] };
    }
  };
}

/** False for the name of the tab shown before: GraphiQL notices a change of tab some 100 ms after it. */
function isIn(query: string, operationName: string | null | undefined): boolean {
  return new RegExp(`\\b(query|mutation)\\s+${operationName}\\b`).test(query);
}

/** @param isTimed whether the page shows how long the answer took */
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
