/** The GraphQL endpoint of the server that serves the page. */
export const endpoint = '/graphql';
