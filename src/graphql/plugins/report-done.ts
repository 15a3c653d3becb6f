import type { ApolloServerPlugin } from '@apollo/server';
import type { Calls } from '../../calls/calls.ts';
import type { Context } from '../context.ts';
import { encodeGlobalId } from '../relay/global-id.ts';

/**
 * Returns `extensions.done` for a response with errors: the global ids of the calls that were placed or changed, in
 * the order of the changes. An error propagates to the next nullable field (GraphQL, section 6.4.4), up to the whole
 * response, and a client must still learn of the calls that it pays for.
 */
export function toDoneExtension({
  done,
}: Pick<Calls, 'done'>): { readonly done: readonly string[] } | undefined {
  if (done.length === 0) return undefined;
  return { done: [...new Set(done.map((call) => encodeGlobalId({ type: 'Call', ...call })))] };
}

/** A plug-in that adds `extensions.done` to the responses of Apollo Server. */
export const reportDone: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue: { calls }, response: { body } }) {
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        const extensions = { ...body.singleResult.extensions, ...toDoneExtension(calls) };
        if (Object.keys(extensions).length > 0) body.singleResult.extensions = extensions;
      },
    };
  },
};
