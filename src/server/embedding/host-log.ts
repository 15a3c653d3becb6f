import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from '../../runtime/logger.ts';

/**
 * Logs to the app that the API is embedded in, the first if there are several. Until there is one, nothing is logged. It is
 * a logger as Fastify wants one, too.
 */
export class HostLog implements Logger, FastifyBaseLogger {
  target: Logger | undefined;
  readonly level = 'info';
  readonly debug = (fields: object, message?: string) => this.target?.debug(fields, message);
  readonly info = (fields: object, message?: string) => this.target?.info(fields, message);
  readonly warn = (fields: object, message?: string) => this.target?.warn(fields, message);
  readonly error = (fields: object, message?: string) => this.target?.error(fields, message);
  readonly fatal = this.error;
  readonly trace = (): void => undefined;
  readonly silent = this.trace;
  readonly child = () => this;
}
