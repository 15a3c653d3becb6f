import type { FastifyReply, onSendHookHandler } from 'fastify';
import type { Operation } from '../calls/operation.ts';
import type { GuardedContext } from '../graphql/guards/guards.ts';
import type { ContextOf } from './create-context-of.ts';

/**
 * Sends `Server-Timing` (W3C Server Timing) with each response to an operation, in milliseconds: `parse` until it is
 * accepted, with authentication, validation and limits; `execute` until it has its result; `provider` of that waiting for
 * providers, summed over parallel requests; `total` until the response is sent. It tells clients which provider is slow, so
 * it is a setting.
 */
export class ServerTiming {
  readonly #timings = new WeakMap<FastifyReply['raw'], Timing>();

  begin({ raw }: FastifyReply): void {
    this.#timings.set(raw, { began: performance.now(), operation: undefined });
  }

  /** Wraps a function that creates contexts, so that their operations are timed. */
  watch(contextOf: ContextOf): ContextOf {
    return (request, reply) => {
      const timing = this.#timings.get(reply.raw as FastifyReply['raw']);
      const note = (context: GuardedContext): GuardedContext => {
        if (timing !== undefined) timing.operation = context.operation;
        return context;
      };
      const context = contextOf(request, reply);
      return context instanceof Promise ? context.then(note) : note(context);
    };
  }

  readonly onSend: onSendHookHandler = (_request, reply, payload, done) => {
    const timing = this.#timings.get(reply.raw);
    if (timing !== undefined) reply.header('server-timing', toHeader(timing));
    done(null, payload);
  };
}

interface Timing {
  readonly began: number;
  /** Undefined if the caller is refused. */
  operation: Operation | undefined;
}

function toHeader({ began, operation }: Timing): string {
  const now = performance.now();
  const { acceptedAt, endedAt = now, milliseconds = 0 } = operation ?? {};
  const metrics: [string, number][] =
    acceptedAt === undefined
      ? []
      : [
          ['parse', acceptedAt - began],
          ['execute', endedAt - acceptedAt],
          ['provider', milliseconds],
        ];
  return [...metrics, ['total', now - began] as const]
    .map(([name, duration]) => `${name};dur=${duration.toFixed(1)}`)
    .join(', ');
}
