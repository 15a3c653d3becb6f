import type { ApolloServerPlugin } from '@apollo/server';
import { Variables } from './variables.ts';

/** A plug-in that refuses an operation at the first error in its variables, before graphql-js coerces them. See `Variables`. */
export const checkVariables: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, operation, request }) {
        if (operation) new Variables(schema, operation).coerce(request.variables ?? {});
      },
    };
  },
};
