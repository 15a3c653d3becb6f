/**
 * An error caused by a request, a provider or the environment rather than by a bug. It has no stack, since the line
 * that throws it tells nothing. Capturing stacks took two fifths of the time to refuse a request for an
 * account whose circuit breaker is open (measured: 16 of 42 µs), when most requests are refused.
 */
export class OperationalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, options);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
