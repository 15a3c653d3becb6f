import type { ApolloServerPlugin } from '@apollo/server';
import { detachSource } from '../execution/detach-source.ts';
import type { OperationCache } from '../execution/operation-cache.ts';

/**
 * A plug-in that caches validated documents. It replaces Apollo Server's `documentStore`, which must be off: that
 * measures a document by its JSON, a tenth of the memory that it takes with its text and tokens, and caches the
 * documents of refused operations too.
 */
export function cacheDocuments(operations: OperationCache): ApolloServerPlugin {
  return {
    async requestDidStart() {
      let bytes: number | undefined;
      return {
        async didResolveSource(request) {
          // A document that is set already belongs to a refused operation: see `applyGuards`.
          if (request.document !== undefined) return;
          const document = operations.document(request.queryHash);
          if (document !== undefined) Object.assign(request, { document });
        },
        async parsingDidStart(request) {
          return async () => {
            if (request.document !== undefined) bytes = detachSource(request.document, request.source);
          };
        },
        // Called only for operations that are accepted, so refused ones are not cached.
        async responseForOperation({ queryHash, document }) {
          if (bytes !== undefined && queryHash !== undefined) operations.add(queryHash, { document, bytes });
          return null;
        },
      };
    },
  };
}
