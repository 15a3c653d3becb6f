import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Authenticate, Peer, RequestHeaders } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { unauthenticated } from '../access/refusal.ts';
import type { OperationOpener } from '../api/operation-opener.ts';
import type { GuardedContext } from '../graphql/guards/guards.ts';
import { Cancellation } from '../runtime/cancellation.ts';

interface Request extends Pick<FastifyRequest, 'id'> {
  readonly headers: RequestHeaders;
  readonly socket?: Peer;
}

/** A response, or what stands for it where one connection carries several operations. */
export interface Connection extends Pick<ServerResponse, 'destroyed' | 'writableFinished'> {
  once(event: 'close', listener: () => void): unknown;
}

/** Returns the context of a request, or a promise of it if authentication is asynchronous. */
export type ContextOf = (
  request: Request,
  reply: { readonly raw: Connection },
) => GuardedContext | Promise<GuardedContext>;

/**
 * Creates the function that authenticates a request and creates its context, before the request is parsed. That
 * function throws or rejects with AccessRefusal: UNAUTHENTICATED, RATE_LIMITED, or UNAVAILABLE if tokens cannot be
 * verified. These are logged, and spend no points.
 */
export function createContextOf(opener: OperationOpener, authenticate: Authenticate): ContextOf {
  const toContext = (caller: Caller | undefined, { id, headers }: Request, response: Connection) => {
    if (caller === undefined) throw opener.refuse(unauthenticated(), id);
    const client = new Cancellation();
    const { context, end } = opener.open(caller, { requestId: id, headers, client });
    const onClose = (): void => {
      if (response.writableFinished) end();
      else client.abort(new Error('the client has disconnected'));
    };
    // The client may have disconnected during authentication.
    if (response.destroyed) onClose();
    else response.once('close', onClose);
    return context;
  };
  const authenticated = ({ headers, socket, id }: Request) => {
    try {
      return authenticate(headers, socket);
    } catch (error) {
      throw opener.refuse(error, id);
    }
  };
  return (request, { raw }) => {
    const caller = authenticated(request);
    if (!(caller instanceof Promise)) return toContext(caller, request, raw);
    return caller.then(
      (resolved) => toContext(resolved, request, raw),
      (error: unknown) => {
        throw opener.refuse(error, request.id);
      },
    );
  };
}
