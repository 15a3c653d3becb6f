import type { FastifyRequest } from 'fastify';
import { getOperationAST } from 'graphql';
import {
  badRequest,
  type OperationSources,
  type ResolvedOperation,
  resolveOperation,
} from '../operations/resolve-operation.ts';
import { isObject } from '../runtime/is-object.ts';
import { parseParameter } from './parse-parameter.ts';
import { isForeign } from './streams/is-foreign.ts';

/**
 * Creates a function that replaces the id by which a request names a document with the document itself, so that later steps
 * find a request with a text. The function throws, or rejects with, AccessRefusal.
 *
 * A query that is known may be sent by GET without a header that needs a CORS preflight, and is then handled as if it had
 * been posted. Such a header is what keeps pages of other origins from having a browser send operations of their own
 * (CSRF). Here they could only repeat a query of our own front ends, whose result they cannot read, and whose time they
 * could measure; so a request that a browser sends for a page of another origin is refused. A mutation by GET is refused
 * whoever sends it, and a document that is not known needs the header as before.
 */
export function createRequestResolver(
  sources: OperationSources,
  corsOrigins: readonly string[],
): <Request extends ReadRequest>(request: Request) => Request | Promise<Request> {
  return <Request extends ReadRequest>(request: Request) => {
    const isGet = request.method === 'GET';
    const given = isGet ? searchOf(request) : request.body;
    if (!isObject(given)) return request;
    const put = (resolved: ResolvedOperation | undefined): Request => {
      if (resolved === undefined) return request;
      const { operationName, variables } = given;
      const body = {
        query: resolved.query,
        ...(operationName !== undefined && { operationName }),
        ...(variables !== undefined && { variables }),
      };
      if (isGet)
        return resolved.operation === undefined ? request : asPost(request, body, resolved, corsOrigins);
      request.body = body;
      return request;
    };
    const resolved = resolveOperation(sources, given);
    return resolved instanceof Promise ? resolved.then(put) : put(resolved);
  };
}

type ReadRequest = Pick<FastifyRequest, 'method' | 'query' | 'body' | 'headers'>;

/** The parameters of a GET request. */
function searchOf({ query }: ReadRequest): unknown {
  if (!isObject(query)) return query;
  const { variables, extensions } = query;
  return {
    ...query,
    ...(variables !== undefined && { variables: parseParameter(variables) }),
    ...(extensions !== undefined && { extensions: parseParameter(extensions) }),
  };
}

function asPost<Request extends ReadRequest>(
  request: Request,
  body: Readonly<Record<string, unknown>>,
  { operation }: ResolvedOperation,
  corsOrigins: readonly string[],
): Request {
  const { operationName: name, variables } = body;
  if (name !== undefined && typeof name !== 'string')
    throw badRequest('The search parameter `operationName` may be given only once.');
  if (variables != null && !isObject(variables))
    throw badRequest('The search parameter `variables` must be a JSON object.');
  const node = operation && getOperationAST(operation.document, name);
  if (node?.operation === 'mutation') throw badRequest('Mutations are sent by POST.', 405);
  if (isForeign(request.headers, corsOrigins)) throw badRequest(foreign, 403);
  const headers = { ...request.headers, 'content-type': 'application/json' };
  return Object.create(request, {
    method: { value: 'POST' },
    body: { value: body },
    headers: { value: headers },
  });
}

const foreign = 'A page of another origin may send this query only if its origin is among `cors.origins`.';
