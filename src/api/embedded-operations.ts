import { type DocumentNode, type GraphQLFormattedError, print } from 'graphql';
import type { Authenticate } from '../access/authenticate.ts';
import { type Caller, createCaller } from '../access/caller.ts';
import type { GuardedContext } from '../graphql/guards/guards.ts';
import type { FormattedResult } from '../graphql/to-formatted.ts';
import type { Abortable } from '../runtime/cancellation.ts';
import type {
  EmbeddedCaller,
  EmbeddedContext,
  EmbeddedOrigin,
  EmbeddedRequest,
  HostAuthenticate,
} from './embedded-request.ts';
import type { Executor } from './executor.ts';
import { checkCaller, checkOrigin, checkRequest, Misuse } from './misuse.ts';
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
    const { context, end } = this.open(origin);
    const signal = origin.signal ?? new AbortController().signal;
    const own = { ...context, stream: { signal, lastEventId: undefined, mayChange: true }, end };
    return own;
  }

  /** Executes an operation with everything that protects. Never rejects. */
  execute(request: EmbeddedRequest): Promise<FormattedResult> {
    const executor = this.#executor;
    const run = async (context: GuardedContext) => {
      const { operationName, variables, documentId } = request;
      const given = { query: this.textIn(request), named: { documentId } };
      const query = await textOf(executor.sources, given, context.guards);
      return executor.execute({ query, operationName, variables }, context);
    };
    return this.use(request, run, (result) => result);
  }

  /** Calls `run` with the context of a request. Never rejects: a refusal becomes a result. */
  use<T>(
    request: EmbeddedRequest,
    run: (context: GuardedContext) => Promise<T>,
    refuse: (result: FormattedResult) => T,
  ): Promise<T> {
    return this.#executor.pending.run(async () => {
      let end = (): void => undefined;
      try {
        checkRequest(request);
        const opened = this.open(request);
        end = opened.end;
        return await run(opened.context);
      } catch (error) {
        const { requestId } = Object(request) as EmbeddedRequest;
        return refuse({ errors: [this.toFormattedError(error, requestId)] });
      } finally {
        end();
      }
    });
  }

  /** @throws Misuse, AccessRefusal */
  open(origin: EmbeddedOrigin) {
    checkOrigin(origin);
    const { caller, signal, requestId, headers } = origin;
    const client: Abortable | undefined = signal;
    return this.#executor.opener.open(toCaller(caller), { requestId, headers, client });
  }

  /** A mistake of the application is told to its developer, as no client can cause it. */
  toFormattedError(error: unknown, requestId: string | undefined): GraphQLFormattedError {
    const formatted = this.#executor.toFormattedError(error, requestId);
    return error instanceof Misuse ? { ...formatted, message: error.message } : formatted;
  }

  /** The text of the document; empty if the request has none. */
  textIn({ query, document }: EmbeddedRequest): string {
    return query ?? (document && this.#print(document)) ?? '';
  }

  #print(document: DocumentNode): string {
    const known = this.#texts.get(document) ?? print(document);
    this.#texts.set(document, known);
    return known;
  }
}

/** The rights that an application gives to a caller. */
export function toCaller(caller: EmbeddedCaller): Caller {
  checkCaller(caller);
  const { id, ...granted } = caller;
  return createCaller(id, granted);
}

/** Authentication by the application, as the server asks for it. */
export function toAuthenticate(authenticate: HostAuthenticate): Authenticate {
  return async (headers, peer = {}) => {
    const caller = await authenticate(headers, peer);
    return caller && toCaller(caller);
  };
}
