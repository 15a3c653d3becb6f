import type { Context } from '../context.ts';
import type { CreateGuard } from './guard.ts';

/**
 * A guard that adds `extensions.cost` if the client has asked for it by `X-Calls-Cost: 1`: the points of the rate limit,
 * the requests to providers, the rows read from their lists, the milliseconds, and those left until the deadline.
 */
export const reportCost: CreateGuard<Context> = ({ reportsCost, operation: run }) => {
  if (!reportsCost) return {};
  const began = performance.now();
  return {
    finish() {
      const now = performance.now();
      const { points, requests, rows = 0, endsAt = now } = run;
      const remaining = { milliseconds: Math.max(0, Math.round(endsAt - now)) };
      return { cost: { points, requests, rows, milliseconds: Math.round(now - began), remaining } };
    },
  };
};
