import type { CallsAdapter } from '../calls-adapter.ts';
import { isNotPlaced } from '../placing/send-call.ts';
import type { StatusHooks } from './status-hooks.ts';

/** Calls that a provider may place for one create, where it may place several. */
const maxForks = 8;

/**
 * Wraps an adapter so that the webhooks of the calls that it places arrive here first. Above it, a call has the `statusUrl`
 * that the client has given: so an idempotency key stands for that, and so a call is looked for.
 */
export function withStatusHooks(adapter: CallsAdapter, hooks: StatusHooks): CallsAdapter {
  return {
    ...adapter,
    async create(newCall, operation) {
      const mayFork = adapter.mayFork?.(newCall) ?? false;
      const { call, discard, bind } = await hooks.interpose(newCall, mayFork ? maxForks : 1);
      try {
        const placed = await adapter.create(call, operation);
        void bind(placed.providerCallId);
        return placed;
      } catch (error) {
        if (isNotPlaced(error)) await discard();
        throw error;
      }
    },
  };
}
