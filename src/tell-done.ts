import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from './context.ts';
import { encodeGlobalId } from './relay/global-id.ts';

/**
 * Names the calls that were placed or changed in an answer that has errors, as `extensions.done`: their
 * global ids, in the order of the changes. An error makes null of all that stands around it up to the next
 * place that may be null (GraphQL, section 6.4.4), be it the call whose list could not be read or the
 * whole answer; a call that was paid for must not vanish with it.
 */
export const tellDone: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue: { calls }, response: { body } }) {
        if (body.kind !== 'single' || !body.singleResult.errors || calls.done.length === 0) return;
        const ids = calls.done.map((call) => encodeGlobalId({ type: 'Call', ...call }));
        body.singleResult.extensions = { ...body.singleResult.extensions, done: [...new Set(ids)] };
      },
    };
  },
};
