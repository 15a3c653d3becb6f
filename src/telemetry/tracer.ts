import type { Context, Span } from '@opentelemetry/api';
import type { ObservedRequest, RequestResult } from '../runtime/request-observer.ts';
import type { OperationSpan, RequestSpan } from '../runtime/span.ts';
import { toSpanContext, toTraceparent } from './traceparent.ts';

/** Headers of a request, by names in lower case. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

type Api = typeof import('@opentelemetry/api');

/**
 * Loads the optional package `@opentelemetry/api`, and returns a tracer of operations; undefined if it is not installed.
 * Without an SDK, which the user loads by `node --import`, the tracer starts no spans.
 *
 * Spans are made by hand. Instrumentation packages for http and undici make one call 1.7 times as expensive, whatever
 * share of the traces is sampled, and the path of a request, which they record, has ids in it.
 */
export async function loadTracer(): Promise<Tracer | undefined> {
  return import('@opentelemetry/api').then(
    (api) => new Tracer(api),
    () => undefined,
  );
}

/** Starts a span for each operation, named by OpenTelemetry's semantic conventions for GraphQL and HTTP. */
export class Tracer {
  readonly #api: Api;
  readonly #tracer;

  constructor(api: Api) {
    this.#api = api;
    this.#tracer = api.trace.getTracer('calls-graphql');
  }

  /**
   * Starts the span of an operation, as a child of the span that is active, or else of the one that the request's
   * headers name. Undefined if there is no SDK.
   */
  startOperation(headers: Headers): OperationSpan | undefined {
    const { context, isSpanContextValid, propagation, SpanKind, trace } = this.#api;
    const active = context.active();
    const isInner = trace.getSpan(active) !== undefined;
    const parent = isInner ? active : propagation.extract(active, headers);
    const kind = isInner ? SpanKind.INTERNAL : SpanKind.SERVER;
    const span = this.#tracer.startSpan('graphql', { kind }, parent);
    const spanContext = span.spanContext();
    if (!isSpanContextValid(spanContext)) return undefined;
    const inner = trace.setSpan(parent, span);
    return {
      traceId: spanContext.traceId,
      traceparent: toTraceparent(spanContext),
      startRequest: (request) => this.#startRequest(request, inner),
      linkTo(traceparent) {
        const linked = toSpanContext(traceparent);
        if (linked !== undefined) span.addLink({ context: linked });
      },
      end: (type, codes) => this.#end(span, type, codes),
    };
  }

  #startRequest({ method, server, template, resends }: ObservedRequest, parent: Context): RequestSpan {
    const { SpanKind, SpanStatusCode } = this.#api;
    const attributes = {
      'http.request.method': method,
      'server.address': server.address,
      'server.port': server.port,
      'url.template': template,
      ...(resends > 0 && { 'http.request.resend_count': resends }),
    };
    const span = this.#tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }, parent);
    return {
      traceparent: toTraceparent(span.spanContext()),
      end(result: RequestResult) {
        if (typeof result === 'number') span.setAttribute('http.response.status_code', result);
        if (typeof result === 'string' || result >= 400) {
          span.setAttribute('error.type', `${result}`).setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      },
    };
  }

  /** The names of operations are not recorded: clients choose them, so a phone number may be in one. */
  #end(span: Span, type: string | undefined, codes: readonly string[]): void {
    if (type !== undefined) span.updateName(type).setAttribute('graphql.operation.type', type);
    const code = codes.find(isOurFault) ?? codes[0];
    if (code !== undefined) span.setAttribute('error.type', code);
    if (codes.some(isOurFault)) span.setStatus({ code: this.#api.SpanStatusCode.ERROR });
    span.end();
  }
}

/** Whether this server or a provider has failed. Other errors are the client's, and no errors of a server's span. */
function isOurFault(code: string): boolean {
  return /^(INTERNAL_SERVER_ERROR$|OUTCOME_UNKNOWN$|PROVIDER_)/.test(code);
}
