import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { Context } from '../context.ts';

/**
 * A plug-in that keeps Apollo Server from executing a subscription whose source is open, which it would do as if it
 * were a query. The events are executed one by one by the streams of the server.
 */
export const answerSubscriptions: ApolloServerPlugin<Pick<Context, 'stream'>> = {
  async requestDidStart({ contextValue: { stream } }) {
    return {
      async responseForOperation() {
        if (stream?.subscription === undefined) return null;
        return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: {} } };
      },
    };
  },
};
