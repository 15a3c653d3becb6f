import type { ApolloServerPlugin } from '@apollo/server';
import type { KnownOperations } from '../execution/known-operations.ts';
import { detachText } from '../execution/line-index.ts';

/**
 * The documents that Apollo Server has found valid, in place of its own `documentStore`, which must be off: that one
 * counts the JSON of a document, which is a tenth of what it takes with its text and its tokens, and keeps refused
 * ones, too.
 */
export function rememberValid(operations: KnownOperations): ApolloServerPlugin {
  return {
    async requestDidStart() {
      let bytes: number | undefined;
      return {
        async didResolveSource(request) {
          // One that is there already is not to be executed.
          if (request.document !== undefined) return;
          const document = operations.document(request.queryHash);
          if (document !== undefined) Object.assign(request, { document });
        },
        async parsingDidStart(request) {
          return async () => {
            if (request.document !== undefined) bytes = detachText(request.document, request.source);
          };
        },
        // Only of what is executed: nothing is remembered of an operation that is refused.
        async executionDidStart({ queryHash, document }) {
          if (bytes !== undefined) operations.remember(queryHash, { document, bytes });
        },
      };
    },
  };
}
