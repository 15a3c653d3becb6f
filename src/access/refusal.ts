import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * Thrown to refuse a request before any of it is executed, because of its credentials or its cost. Message and
 * extensions are meant for clients and pass the error mask unchanged.
 */
export class AccessRefusal extends GraphQLError {
  /** Status code of the HTTP response. */
  readonly status: number;
  /** Headers of the HTTP response; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, { status, headers = {}, extras, cause }: RefusalOptions) {
    const http = { status, headers: new HeaderMap(Object.entries(headers)) };
    super(message, { extensions: { code, ...extras, http }, originalError: cause ?? null });
    this.name = 'AccessRefusal';
    this.status = status;
    this.headers = headers;
  }

  /** The error as sent to the client, without the status and headers of the HTTP response. */
  get formatted(): GraphQLFormattedError {
    const { http, ...extensions } = this.extensions;
    return { message: this.message, extensions };
  }
}

interface RefusalOptions {
  /** Status code of the HTTP response. */
  readonly status: number;
  /** Headers of the HTTP response; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of `extensions` besides the code. */
  readonly extras?: Readonly<Record<string, unknown>>;
  /** Logged, never sent to a client. */
  readonly cause?: Error | undefined;
}

/** A limit that an operation exceeds. */
export interface Exceeded {
  /** The name of the limit in the configuration. */
  readonly limit: string;
  readonly allowed: number;
  /** The figure of the operation. */
  readonly found: number;
}

/** UNAUTHENTICATED: credentials are missing or invalid. Both get the same response on purpose. */
export function unauthenticated(): AccessRefusal {
  const message =
    'No valid API key or token came with the request. Send one as `Authorization: Bearer …`, or a key as `X-API-Key`.';
  // A 401 must have a challenge (RFC 9110, section 11.6.1; RFC 6750, section 3).
  return new AccessRefusal('UNAUTHENTICATED', message, {
    status: 401,
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/**
 * UNAUTHENTICATED: the header that names a caller is not accepted.
 *
 * @param reason is logged, and not sent: it would tell a client which addresses are trusted
 */
export function untrusted(header: string, reason: string): AccessRefusal {
  const message = `The header \`${header}\` is not accepted: it is for trusted proxies, which say in it who the caller is.`;
  return new AccessRefusal('UNAUTHENTICATED', message, {
    status: 401,
    headers: { 'www-authenticate': 'Bearer' },
    cause: new Error(`The header \`${header}\` is not accepted: ${reason}.`),
  });
}

/** UNAVAILABLE: the issuer cannot be asked for its keys or for a token, so a token may be valid or not. */
export function tokensUnavailable(cause: unknown, retryAfter: number): AccessRefusal {
  return new AccessRefusal('UNAVAILABLE', 'Tokens cannot be checked at the moment.', {
    status: 503,
    headers: { 'retry-after': `${retryAfter}` },
    extras: { retryAfter },
    cause: cause instanceof Error ? cause : undefined,
  });
}

/** UNAVAILABLE: the application that the API is embedded in has closed it. */
export function closed(): AccessRefusal {
  return new AccessRefusal('UNAVAILABLE', 'The API has been closed.', { status: 503 });
}

/** OPERATION_TOO_COSTLY: names every limit that the operation exceeds, with the figures. */
export function tooCostly(figures: readonly Exceeded[]): AccessRefusal {
  const each = figures.map(({ limit, allowed, found }) => `${limit} ${found}, at most ${allowed}`);
  return new AccessRefusal('OPERATION_TOO_COSTLY', `The operation is too costly: ${each.join('; ')}.`, {
    status: 400,
    extras: { figures },
  });
}

/**
 * RATE_LIMITED: the caller has spent its points. `Retry-After` has the same number (RFC 9110, section 10.2.3).
 *
 * @param retryAfter whole seconds
 */
export function rateLimited(retryAfter: number): AccessRefusal {
  const message = `Rate limit exceeded; retry in ${retryAfter} s.`;
  return new AccessRefusal('RATE_LIMITED', message, {
    status: 429,
    headers: { 'retry-after': `${retryAfter}` },
    extras: { retryAfter },
  });
}

/**
 * Returns the refusal that an error is or that Apollo Server wrapped in it, undefined if there is none.
 *
 * The parser reports the token limit as a plain syntax error, which becomes OPERATION_TOO_COSTLY here. `found` is
 * then one more than allowed, because the parser stops counting there.
 */
export function toRefusal(error: unknown): AccessRefusal | undefined {
  if (error instanceof AccessRefusal) return error;
  if (!(error instanceof Error)) return undefined;
  const found = /^Syntax Error: Document contains more tha[nt] (\d+) tokens\./.exec(error.message);
  if (found === null) return 'originalError' in error ? toRefusal(error.originalError) : undefined;
  const allowed = Number(found[1]);
  return tooCostly([{ limit: 'tokens', allowed, found: allowed + 1 }]);
}
