import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { ProviderDefinition } from '../calls/calls-adapter.ts';
import type { AccountOptions, Options } from '../config/options.ts';
import type { FormattedResult } from '../graphql/to-formatted.ts';
import type { Logger } from '../runtime/logger.ts';
import type {
  EmbeddedContext,
  EmbeddedOrigin,
  EmbeddedRequest,
  HostAuthenticate,
} from './embedded-request.ts';

/** How an API is put together: what the accounts file holds, under the same names, and what no file can hold. */
export interface CallsApiOptions extends Options {
  /** Where to log: pino, `console`, or the like. By default to the log of the Fastify that `fastify` is registered in. */
  readonly logger?: Logger;
  /** Providers besides Bandwidth and Restcomm: see `calls-graphql/adapter`. */
  readonly adapters?: readonly ProviderDefinition[];
  /** `true` counts for Prometheus what `metrics` of the API has. Needs the package `prom-client`. */
  readonly metrics?: boolean;
  /**
   * Authenticates requests that come by HTTP, in place of `access`. Returns undefined for a request without valid
   * credentials, which is answered with 401. Called again while a subscription lasts.
   */
  readonly authenticate?: HostAuthenticate;
}

/** Of the plug-in for Fastify. */
export interface PluginOptions {
  /** Of the GraphQL endpoint, `/graphql` by default. */
  readonly path?: string;
}

/** One API. Several in one process share nothing. */
export interface CallsApi {
  /**
   * The executable schema, for one's own server or executor with `context()`. It places no call twice, and pages and
   * rights hold. It lacks what is not in resolvers, which `execute()` and the HTTP of this library have:
   *
   * - limits on cost, depth, tokens and the rate of a caller;
   * - refusing several changes as a whole when one of them is not allowed: those before it are made;
   * - `extensions.done`, which names placed calls when an error leaves no data;
   * - the error mask: an unexpected error shows its message, and a failure has no `extensions.code`;
   * - the log line, metrics and the trace of an operation, and the compiled executor.
   */
  readonly schema: GraphQLSchema;
  /** The SDL of the schema in one document. */
  readonly typeDefs: string;
  /**
   * The context value of one operation, for `schema`. Call its `end()` once the operation has its result.
   *
   * @throws a GraphQLError with the code RATE_LIMITED if the caller has spent its points
   */
  context(origin: EmbeddedOrigin): EmbeddedContext;
  /**
   * Executes a query or mutation with everything that protects. Resolves with a result as a client may see it, and never
   * rejects. A subscription is refused.
   */
  execute(request: EmbeddedRequest): Promise<FormattedResult>;
  /**
   * Executes a subscription with everything that protects. An event is taken from its source when its result is asked for.
   * What is refused, a query and a mutation have one result. Never rejects. It ends with `signal`, with `return()` (which a
   * `for await` calls when it is left), with `close()`, and when the caller has spent its points.
   */
  subscribe(request: EmbeddedRequest): AsyncIterableIterator<FormattedResult>;
  /** A plug-in for Fastify 5: `app.register(api.fastify, { path: '/graphql' })`. Its hooks touch no other route. */
  readonly fastify: FastifyPluginAsync<PluginOptions>;
  /** For `http.createServer(api.listener)` or `app.use('/graphql', api.listener)`. Answers at every path. */
  readonly listener: RequestListener;
  /** For WebSockets beside `listener`: `server.on('upgrade', api.upgrade)`. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Undefined unless `metrics: true`. In a registry of its own, all names begin with `calls_`. */
  readonly metrics:
    | {
        /** The media type of `read`. */
        readonly contentType: string;
        /** All time series in Prometheus's text format: as a response, or behind those of the application. */
        read(): Promise<string>;
      }
    | undefined;
  /** The accounts, which may change while operations run. */
  readonly accounts: {
    /**
     * Puts other accounts in place of the current ones. Active operations end with the accounts that they began with,
     * and accounts that stay as they are keep their connections.
     *
     * @throws ConfigError with one line for each problem, with nothing changed. The emulated carriers cannot be replaced.
     */
    set(accounts: readonly AccountOptions[]): void;
  };
  /** Waits for pending operations, then releases everything. Close the server before. May be called repeatedly. */
  close(): Promise<void>;
}
