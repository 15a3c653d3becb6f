import type { ObservedRequest, RequestResult } from './request-observer.ts';

/** The span of one GraphQL operation. There is none if nobody records traces. */
export interface OperationSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The span as a `traceparent` header (W3C Trace Context, section 3.2). */
  readonly traceparent: string;
  /** Begins the span of a request to a provider, as a child of this one. */
  startRequest(request: ObservedRequest): RequestSpan;
  /** Links to the span that another `traceparent` names, which may have ended long ago. */
  linkTo(traceparent: string): void;
  /**
   * @param type `query`, `mutation` or `subscription`; undefined if the request had no valid operation
   * @param codes of the errors
   */
  end(type: string | undefined, codes: readonly string[]): void;
}

/** The span of one attempt at a request to a provider. */
export interface RequestSpan {
  readonly traceparent: string;
  end(result: RequestResult): void;
}
