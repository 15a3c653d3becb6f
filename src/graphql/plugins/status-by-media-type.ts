import type { ApolloServerPlugin } from '@apollo/server';
import { responseTypeOf } from '../response-type.ts';

/**
 * Sets the status of an invalid document or variable by the media type (GraphQL over HTTP, section 6.4): 200 with
 * `application/json`, 400 with `application/graphql-response+json`. Apollo
 * Server sends 400 to both. A request that is no GraphQL request (BAD_REQUEST) gets 400 in any case.
 */
export const statusByMediaType: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response, errors = [] }) {
        const type = responseTypeOf(request.http?.headers.get('accept'));
        const isLegacy = type?.startsWith('application/graphql-response+json') !== true;
        const isGraphQL = errors.every(({ extensions }) => extensions.code !== 'BAD_REQUEST');
        if (isLegacy && isGraphQL && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};
