import type { HttpRequest } from './http-client.ts';

/** A request to a provider, with what `ProviderClient` needs to know of it. */
export interface ProviderRequest extends HttpRequest {
  /** Whether the request counts against the account's calls per second; it then waits for its turn. */
  readonly paced?: boolean;
  /**
   * Whether a 500 may be caused by what this request asks for. The circuit breaker then does not count
   * a 500 as a failure of the provider.
   */
  readonly isDoubtful?: boolean;
}
