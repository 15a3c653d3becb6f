import type { GraphiQLProps } from 'graphiql';
import { GraphQLError } from 'graphql';
import { fillIn } from './fill-in.ts';

type Fetcher = GraphiQLProps['fetcher'];

interface Operation {
  query: string;
  operationName?: string | null | undefined;
  variables?: unknown;
}

/** Sends an operation to the address that this page was opened at, after filling in its placeholders. */
export const fetcher: Fetcher = async ({ query, operationName, variables }, options) => {
  const send = (operation: Operation) => post(operation, options?.headers);
  try {
    const name = isIn(query, operationName) ? operationName : undefined;
    return await send({ query, operationName: name, variables: await fillIn(variables, send) });
  } catch (error) {
    // As a result rather than a throw: GraphiQL would show the stack of the page's own code.
    return { errors: [new GraphQLError(error instanceof Error ? error.message : String(error))] };
  }
};

/** False for the name of the tab shown before: GraphiQL notices a change of tab some 100 ms after it. */
function isIn(query: string, operationName: string | null | undefined): boolean {
  return new RegExp(`\\b(query|mutation)\\s+${operationName}\\b`).test(query);
}

async function post(operation: Operation, headers: Record<string, string> | undefined) {
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(operation),
  });
  const text = await response.text();
  if (!response.headers.get('content-type')?.includes('json')) {
    throw new Error(`The server answered ${response.status} without a GraphQL result: ${text.slice(0, 200)}`);
  }
  return JSON.parse(text);
}
