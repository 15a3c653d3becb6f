import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

interface RefusalOptions {
  /** Of the HTTP answer. */
  readonly status: number;
  /** Of the HTTP answer; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What `extensions` holds besides the code. */
  readonly extras?: Readonly<Record<string, unknown>>;
  /** For the log only; never shown to a client. */
  readonly cause?: Error | undefined;
}

/** A limit that an operation went over. */
export interface Exceeded {
  /** The name of the limit in the configuration. */
  readonly limit: string;
  readonly allowed: number;
  readonly found: number;
}

/**
 * A request that is turned away before any of it is carried out, for who sent it or for what it would
 * cost. Its message and extensions are made for clients, so whatever masks errors lets it pass as it is.
 */
export class AccessRefusal extends GraphQLError {
  /** Of the HTTP answer. */
  readonly status: number;
  /** Of the HTTP answer; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, { status, headers = {}, extras, cause }: RefusalOptions) {
    const http = { status, headers: new HeaderMap(Object.entries(headers)) };
    super(message, { extensions: { code, ...extras, http }, originalError: cause ?? null });
    this.name = 'AccessRefusal';
    this.status = status;
    this.headers = headers;
  }

  /** What the client is shown; status and headers are for HTTP alone. */
  get formatted(): GraphQLFormattedError {
    const { http, ...extensions } = this.extensions;
    return { message: this.message, extensions };
  }
}

/** UNAUTHENTICATED: no credentials came, or none that are known. The two look alike on purpose. */
export function unauthenticated(): AccessRefusal {
  const message =
    'No valid API key or token came with the request. Send one as `Authorization: Bearer …`, or a key as `X-API-Key`.';
  // RFC 9110, section 11.6.1: a 401 must say how to do better; RFC 6750, section 3, names the scheme.
  return new AccessRefusal('UNAUTHENTICATED', message, {
    status: 401,
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/** UNAVAILABLE: whether the token is good cannot be told now; that is no fault of the token. */
export function tokensUnavailable(cause: unknown, retryAfter: number): AccessRefusal {
  return new AccessRefusal('UNAVAILABLE', 'Tokens cannot be checked at the moment.', {
    status: 503,
    headers: { 'retry-after': `${retryAfter}` },
    extras: { retryAfter },
    cause: cause instanceof Error ? cause : undefined,
  });
}

/** OPERATION_TOO_COSTLY: names every limit that the operation goes over, with the figures. */
export function tooCostly(figures: readonly Exceeded[]): AccessRefusal {
  const each = figures.map(({ limit, allowed, found }) => `${limit} ${found}, at most ${allowed}`);
  return new AccessRefusal('OPERATION_TOO_COSTLY', `The operation is too costly: ${each.join('; ')}.`, {
    status: 400,
    extras: { figures },
  });
}

/** RATE_LIMITED, with whole seconds to wait, also as a header (RFC 9110, section 10.2.3). */
export function rateLimited(retryAfter: number): AccessRefusal {
  const message = `You have asked for too much of late. Wait ${retryAfter} s.`;
  return new AccessRefusal('RATE_LIMITED', message, {
    status: 429,
    headers: { 'retry-after': `${retryAfter}` },
    extras: { retryAfter },
  });
}

/**
 * The refusal that an error on its way to the client stands for, if any: itself, or what Apollo wrapped it
 * in. Also for the token limit, at which the parser stops with a plain syntax error: it gets the code and
 * the figures of the other limits. What is found there is one more than allowed, since nobody counts on.
 */
export function refusalOf(error: unknown): AccessRefusal | undefined {
  if (error instanceof AccessRefusal) return error;
  if (!(error instanceof Error)) return undefined;
  const found = /^Syntax Error: Document contains more tha[nt] (\d+) tokens\./.exec(error.message);
  if (found === null) return 'originalError' in error ? refusalOf(error.originalError) : undefined;
  const allowed = Number(found[1]);
  return tooCostly([{ limit: 'tokens', allowed, found: allowed + 1 }]);
}
