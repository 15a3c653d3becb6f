import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, Kind } from 'graphql';
import { tooCostly } from '../../access/refusal.ts';
import type { CostGuard } from '../../cost/cost-guard.ts';
import { isNestedTooDeep, maxNesting } from '../../cost/nesting.ts';
import { Variables } from '../execution/variables.ts';
import { findConditionalRoot } from '../find-conditional-root.ts';
import type { GuardedContext } from '../guards/guards.ts';
import { openSubscription } from '../open-subscription.ts';
import { withRequestId } from '../to-formatted.ts';

/**
 * Creates the plug-in that makes every operation pass the guards of its context.
 *
 * It also refuses documents, which the fast lane has no need of: a cached document has been accepted. Limits that do
 * not depend on variables are checked between parsing and validation, because rules that compare fields pairwise take
 * 100 ms for 500 fields of the same name. A document that is too long, or nested too deep, is not parsed. Apollo Server
 * must have no `documentStore`, which would bypass these steps.
 *
 * @param refusalOf returns why the document with this digest is not executed
 */
export function applyGuards(
  guard: CostGuard,
  refusalOf: (digest: string) => GraphQLError | undefined = () => undefined,
): ApolloServerPlugin<ApplyingContext> {
  return {
    async requestDidStart({ contextValue }) {
      const { guards, operation: run } = contextValue;
      let tokens = 0;
      let refusal: GraphQLError | undefined;
      return {
        async didResolveSource(request) {
          refusal = refusalOf(request.queryHash) ?? refusalOfText(request.source, guard);
          // A plug-in cannot end a request here, but Apollo Server neither parses nor validates a document that is set.
          if (refusal) Object.assign(request, { document: nothing });
        },
        async parsingDidStart(request) {
          return async () => {
            if (request.document === undefined) return;
            tokens = request.document.tokenCount ?? 0;
            refusal = findConditionalRoot(request.document);
            const placeholder = refusal ? nothing : guard.placeholderFor(request.document);
            if (placeholder !== undefined) Object.assign(request, { document: placeholder });
          };
        },
        async didResolveOperation({ schema, document, operation, request: { variables = {} } }) {
          if (refusal !== undefined) throw refusal;
          const coerce = () => (operation ? new Variables(schema, operation).coerce(variables) : {});
          await guards.check({ schema, document, operation, variables, coerce, tokens });
          await openSubscription(contextValue, { schema, document, operation, variables });
        },
        async willSendResponse({ operation, errors = [], response: { body } }) {
          const extensions = guards.finish({ operation, errors, tokens });
          if (body.kind !== 'single') return;
          const { singleResult } = body;
          if (singleResult.errors) singleResult.errors = withRequestId(singleResult.errors, run.requestId);
          if (extensions) singleResult.extensions = { ...singleResult.extensions, ...extensions };
        },
      };
    },
  };
}

/** A document that is valid and does nothing. */
const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

interface ApplyingContext extends Pick<GuardedContext, 'guards' | 'stream'> {
  readonly operation: Pick<GuardedContext['operation'], 'requestId' | 'requests'>;
}

/** Why a document is not even parsed; undefined if it is. */
function refusalOfText(source: string, guard: CostGuard): GraphQLError | undefined {
  const tooLong = guard.checkLength(source);
  if (tooLong !== undefined) return tooCostly([tooLong]);
  if (!isNestedTooDeep(source)) return undefined;
  return new GraphQLError(`The document is nested more than ${maxNesting} deep.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}
