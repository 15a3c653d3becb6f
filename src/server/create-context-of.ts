import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Authenticate, Peer, RequestHeaders } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { AccessRefusal, rateLimited, unauthenticated } from '../access/refusal.ts';
import type { CallsDependencies } from '../calls/calls.ts';
import type { Config } from '../config/config.ts';
import type { RateLimits } from '../cost/rate-limiter.ts';
import { type Connection, type Context, createContext, createOperation } from '../graphql/context.ts';
import type { Tracer } from '../telemetry/tracer.ts';
import { toTraceId } from './request-id.ts';

interface Request extends Pick<FastifyRequest, 'id'> {
  readonly headers: RequestHeaders;
  readonly socket?: Peer;
}

/** Returns the context of a request, or a promise of it if authentication is asynchronous. */
export type ContextOf<Context> = (
  request: Request,
  reply: { readonly raw: Connection },
) => Context | Promise<Context>;

export interface ContextParts {
  readonly parts: CallsDependencies;
  readonly config: Pick<Config, 'limits'>;
  readonly authenticate: Authenticate;
  /** Undefined if rates are not limited. */
  readonly rateLimiter: RateLimits | undefined;
  readonly log: FastifyBaseLogger;
  /** Undefined if the package `@opentelemetry/api` is not installed. */
  readonly tracer?: Tracer | undefined;
  /** Called for each caller who is refused. */
  readonly onRefusal?: ((code: string) => void) | undefined;
}

/**
 * Creates the function that authenticates a request and creates its context, before the request is parsed. That
 * function throws or rejects with AccessRefusal: UNAUTHENTICATED, RATE_LIMITED, or UNAVAILABLE if tokens cannot be
 * verified. It logs these, and spends no points.
 */
export function createContextOf(given: ContextParts): ContextOf<Context> {
  const { parts, config, authenticate, rateLimiter, log, tracer, onRefusal } = given;
  const refuse = (error: unknown, { id: requestId }: Request, caller?: string): never => {
    if (error instanceof AccessRefusal) {
      const { code } = error.extensions;
      log.warn({ requestId, caller, code, status: error.status, err: error.originalError }, 'refused');
      error.extensions.requestId = requestId;
      onRefusal?.(String(code));
    }
    throw error;
  };
  const toContext = (caller: Caller | undefined, request: Request, response: Connection): Context => {
    if (caller === undefined) return refuse(unauthenticated(), request);
    const wait = rateLimiter?.waitFor(caller.id) ?? 0;
    if (wait > 0) return refuse(rateLimited(wait), request, caller.id);
    const span = tracer?.startOperation(request.headers);
    const ids = { requestId: request.id, traceId: span?.traceId ?? toTraceId(request), span };
    const operation = createOperation(config.limits.readDeadline, response, ids);
    return createContext(parts, operation, caller, request.headers['x-calls-cost'] === '1');
  };
  const authenticated = (request: Request) => {
    try {
      return authenticate(request.headers, request.socket);
    } catch (error) {
      return refuse(error, request);
    }
  };
  return (request, { raw }) => {
    const caller = authenticated(request);
    if (!(caller instanceof Promise)) return toContext(caller, request, raw);
    return caller.then(
      (resolved) => toContext(resolved, request, raw),
      (error: unknown) => refuse(error, request),
    );
  };
}
