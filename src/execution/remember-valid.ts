import type { ApolloServerPlugin } from '@apollo/server';
import type { KnownOperations } from './known-operations.ts';

/** Tells which documents Apollo Server has found valid. */
export function rememberValid(operations: KnownOperations): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ source, document, operation }) {
          if (operation) operations.remember(source, document);
        },
      };
    },
  };
}
