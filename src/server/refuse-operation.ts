import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessRefusal } from '../access/refusal.ts';
import { responseTypeOf } from '../graphql/response-type.ts';
import { type Mask, withRequestId } from '../graphql/to-formatted.ts';
import type { ContextOf } from './create-context-of.ts';

/**
 * Refuses a request as Apollo Server refuses one, before there is anything to parse: to callers who are authenticated and
 * have points left, for one point and with a line in the log. All others are refused for that.
 */
export async function refuseOperation(
  { contextOf, mask }: { readonly contextOf: ContextOf; readonly mask: Mask },
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: AccessRefusal,
): Promise<string> {
  let error = refusal;
  let extensions: object | undefined;
  try {
    const context = await contextOf(request, reply);
    extensions = context.guards.finish({ operation: undefined, errors: [refusal], tokens: 0 });
  } catch (thrown) {
    if (!(thrown instanceof AccessRefusal)) throw thrown;
    error = thrown;
  }
  const type = responseTypeOf(request.headers.accept) ?? 'application/json; charset=utf-8';
  const { status } = error;
  const isLegacy = type.startsWith('application/json') && error.extensions.code !== 'BAD_REQUEST';
  reply.code(status === 400 && isLegacy ? 200 : status).headers(error.headers);
  reply.header('content-type', type);
  const errors = withRequestId([mask(error.toJSON(), error)], request.id);
  return `${JSON.stringify({ errors, ...(extensions && { extensions }) })}\n`;
}
