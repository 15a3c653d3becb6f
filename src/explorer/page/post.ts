import type { Session } from './session.ts';

export interface Operation {
  query: string;
  operationName?: string;
  variables?: unknown;
}

/** Sends an operation to the URL of this page. @param isTimed whether the page shows the duration of the request */
export async function post(operation: Operation, session: Session, isTimed = false) {
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
