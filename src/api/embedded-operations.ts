import { type DocumentNode, print } from 'graphql';
import { type Caller, createCaller, type Grant } from '../access/caller.ts';
import type { Context } from '../graphql/context.ts';
import type { FormattedResult } from '../graphql/to-formatted.ts';
import type { Abortable } from '../runtime/cancellation.ts';
import type { Executor } from './executor.ts';
import { textOf } from './text-of.ts';

/**
 * Who sends an operation, as the application has authenticated it. Idempotency keys and the rate limit are kept by `id`,
 * and the log has it: it must tell callers apart, and be no token and no name of a person. `accounts` are keys of accounts,
 * and patterns of them such as `acme-*` and `*`. `may` is `['read']` or `['write']`, which includes reading.
 */
export interface EmbeddedCaller extends Grant {
  readonly id: string;
}

/** For whom an operation is executed, and until when. */
export interface EmbeddedOrigin {
  readonly caller: EmbeddedCaller;
  /** Ends reads when it fires. A change that has been sent is completed and recorded all the same. */
  readonly signal?: AbortSignal | undefined;
  /** In the log and in `extensions.requestId` of errors. */
  readonly requestId?: string | undefined;
  /** Headers of the request, names in lower case: `traceparent`, and `x-calls-cost: 1` for `extensions.cost`. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
}

/** A query or mutation: its text, its parsed document, or the id of a known operation. */
export interface EmbeddedRequest extends EmbeddedOrigin {
  readonly query?: string | undefined;
  readonly document?: DocumentNode | undefined;
  readonly documentId?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** The context value of one operation, for one's own executor. */
export interface EmbeddedContext extends Context {
  /** Clears the timer of its deadline. Without it the context is held until `limits.readDeadline` has passed. */
  end(): void;
}

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
    return { ...context, stream: { signal, lastEventId: undefined, mayChange: true }, end };
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
