import type { Context } from '../context.ts';
import { encodeGlobalId } from '../relay/global-id.ts';
import type { CreateGuard } from './guard.ts';

/**
 * A guard that adds `extensions.done` to a response with errors: the global ids of the calls that were placed or
 * changed, in the order of the changes. An error propagates to the next nullable field (GraphQL, section 6.4.4), up to
 * the whole response, and a client must still learn of the calls that it pays for.
 */
export const reportDone: CreateGuard<Pick<Context, 'calls'>> = ({ calls: { record } }) => ({
  finish({ errors }) {
    if (errors.length === 0 || record.done.length === 0) return undefined;
    return { done: [...new Set(record.done.map((call) => encodeGlobalId({ type: 'Call', ...call })))] };
  },
});
