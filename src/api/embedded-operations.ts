import { type DocumentNode, print } from 'graphql';
import { type Caller, createCaller } from '../access/caller.ts';
import type { FormattedResult } from '../graphql/to-formatted.ts';
import type { Abortable } from '../runtime/cancellation.ts';
import type { EmbeddedCaller, EmbeddedContext, EmbeddedOrigin, EmbeddedRequest } from './embedded-request.ts';
import type { Executor } from './executor.ts';
import { textOf } from './text-of.ts';

/** Operations that no HTTP request of ours carries. */
export class EmbeddedOperations {
  readonly #executor: Executor;
  /** A gateway sends the same documents again and again. */
  readonly #texts = new WeakMap<DocumentNode, string>();

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  /** @throws AccessRefusal, a GraphQLError with the code RATE_LIMITED, if the caller has spent its points */
  context(origin: EmbeddedOrigin): EmbeddedContext {
    const { context, end } = this.#open(origin);
    const signal = origin.signal ?? new AbortController().signal;
    const own = { ...context, stream: { signal, lastEventId: undefined, mayChange: true }, end };
    return own;
  }

  /** Executes an operation with everything that protects. Never rejects. */
  execute(request: EmbeddedRequest): Promise<FormattedResult> {
    const executor = this.#executor;
    const { operationName, variables, requestId } = request;
    return executor.pending.run(async () => {
      let end = (): void => undefined;
      try {
        const opened = this.#open(request);
        end = opened.end;
        const query = await this.#textOf(request, opened.context.guards);
        return await executor.execute({ query, operationName, variables }, opened.context);
      } catch (error) {
        return { errors: [executor.toFormattedError(error, requestId)] };
      } finally {
        end();
      }
    });
  }

  #open({ caller, signal, requestId, headers }: EmbeddedOrigin) {
    if (typeof caller?.id !== 'string') throw new TypeError('An operation needs a `caller` with an `id`.');
    const client: Abortable | undefined = signal;
    return this.#executor.opener.open(toCaller(caller), { requestId, headers, client });
  }

  #textOf(
    { query, document, documentId }: EmbeddedRequest,
    guards: Parameters<typeof textOf>[2],
  ): Promise<string> {
    const text = query ?? (document && this.#print(document)) ?? '';
    return textOf(this.#executor.sources, { query: text, named: { documentId } }, guards);
  }

  #print(document: DocumentNode): string {
    const known = this.#texts.get(document) ?? print(document);
    this.#texts.set(document, known);
    return known;
  }
}

/** The rights that an application gives to a caller. */
export function toCaller({ id, ...granted }: EmbeddedCaller): Caller {
  return createCaller(id, granted);
}
