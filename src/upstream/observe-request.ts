import type { AccountObserver, ServerAddress } from '../runtime/request-observer.ts';
import { HttpFailure } from './http-failure.ts';
import type { HttpResponse } from './response-reader.ts';
import type { Waiter } from './waiter.ts';

/** Who is told of the requests of an `HttpClient`, besides the span of their waiter. */
export interface RequestTelemetry {
  /** Absent if nobody asks for metrics. */
  readonly observer?: AccountObserver | undefined;
  /** Whether the provider is sent a `traceparent` (W3C Trace Context) if there is a span. */
  readonly propagateTrace?: boolean;
}

/** What is observed of an `HttpRequest`. */
interface Observable {
  readonly method: string;
  readonly template?: string;
  readonly headers: Record<string, string>;
}

/** Sends a request, and tells the observer and the span of the waiter how it ends. */
export async function observeRequest<Request extends Observable>(
  request: Request,
  waiter: Waiter,
  server: ServerAddress,
  { observer, propagateTrace }: RequestTelemetry,
  send: (request: Request, waiter: Waiter) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const { method, template = '' } = request;
  const observed = { method, server, template, resends: waiter.resends ?? 0 };
  const span = waiter.span?.startRequest(observed);
  const began = performance.now();
  const end = (result: number | string): void => {
    observer?.requested(observed, result, performance.now() - began);
    span?.end(result);
  };
  const isTold = span !== undefined && propagateTrace === true;
  const headers = isTold ? { ...request.headers, traceparent: span.traceparent } : request.headers;
  try {
    const response = await send({ ...request, headers }, waiter);
    end(response.status);
    return response;
  } catch (failure) {
    end(failure instanceof HttpFailure ? failure.kind : 'error');
    throw failure;
  }
}
