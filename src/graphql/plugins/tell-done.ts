import type { ApolloServerPlugin } from '@apollo/server';
import type { Calls } from '../../calls/calls.ts';
import type { Context } from '../context.ts';
import { encodeGlobalId } from '../relay/global-id.ts';

/**
 * Names the calls that were placed or changed in an answer that has errors, as `extensions.done`: their
 * global ids, in the order of the changes. An error makes null of all that stands around it up to the next
 * place that may be null (GraphQL, section 6.4.4), be it the call whose list could not be read or the
 * whole answer; a call that was paid for must not vanish with it.
 */
export function doneIn({ done }: Pick<Calls, 'done'>): { readonly done: readonly string[] } | undefined {
  if (done.length === 0) return undefined;
  return { done: [...new Set(done.map((call) => encodeGlobalId({ type: 'Call', ...call })))] };
}

/** The same for what Apollo Server answers. */
export const tellDone: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue: { calls }, response: { body } }) {
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        const extensions = { ...body.singleResult.extensions, ...doneIn(calls) };
        if (Object.keys(extensions).length > 0) body.singleResult.extensions = extensions;
      },
    };
  },
};
