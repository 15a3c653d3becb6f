import type { ApolloServerPlugin } from '@apollo/server';

/**
 * GraphQL over HTTP, section 6.4: a client that takes `application/json` gets status 200 with a
 * well-formed GraphQL answer, also when the document or a variable is at fault; one that takes
 * `application/graphql-response+json` gets 400 for it, as Apollo Server gives to both. A request that
 * is none of GraphQL's (BAD_REQUEST) is 400 for everyone.
 */
export const statusByMediaType: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, errors = [] }) {
        const accepts = request.http?.headers.get('accept') ?? '';
        const isLegacy = !accepts.includes('application/graphql-response+json');
        const isGraphQL = errors.every(({ extensions }) => extensions.code !== 'BAD_REQUEST');
        if (isLegacy && isGraphQL && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};
