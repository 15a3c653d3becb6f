import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { rateLimited, unauthenticated } from '../access/refusal.ts';
import type { CallsDependencies } from '../calls/calls.ts';
import type { Config } from '../config/config.ts';
import type { RateLimiter } from '../cost/rate-limiter.ts';
import { type Context, createContext, createOperation } from '../graphql/context.ts';

/** Returns the context of a request, or a promise of it if authentication is asynchronous. */
export type ContextOf<Context> = (
  request: Pick<FastifyRequest, 'headers'>,
  reply: Pick<FastifyReply, 'raw'>,
) => Context | Promise<Context>;

/**
 * Creates the function that authenticates a request and creates its context, before the request is parsed. That
 * function throws or rejects with AccessRefusal: UNAUTHENTICATED, RATE_LIMITED, or UNAVAILABLE if tokens cannot be
 * verified. It spends no points.
 */
export function createContextOf(
  parts: CallsDependencies,
  { limits }: Config,
  authenticate: Authenticate,
  rateLimiter: RateLimiter | undefined,
): ContextOf<Context> {
  const toContext = (caller: Caller | undefined, response: ServerResponse): Context => {
    if (caller === undefined) throw unauthenticated();
    const wait = rateLimiter?.waitFor(caller.id) ?? 0;
    if (wait > 0) throw rateLimited(wait);
    return createContext(parts, createOperation(limits.readDeadline, response), caller);
  };
  return ({ headers }, { raw }) => {
    const caller = authenticate(headers);
    if (caller instanceof Promise) return caller.then((resolved) => toContext(resolved, raw));
    return toContext(caller, raw);
  };
}
