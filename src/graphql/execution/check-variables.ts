import type { ApolloServerPlugin } from '@apollo/server';
import { Variables } from './variables.ts';

/**
 * Refuses an operation with the first fault in its variables, before graphql-js coerces them to execute it: see
 * `Variables`.
 */
export const checkVariables: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, operation, request }) {
        if (operation) new Variables(schema, operation).coerce(request.variables ?? {});
      },
    };
  },
};
