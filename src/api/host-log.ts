import type { Logger } from '../runtime/logger.ts';

/** Logs to the app that the API is embedded in, the first if there are several. Until there is one, nothing is logged. */
export class HostLog implements Logger {
  target: Logger | undefined;

  debug(fields: object, message?: string): void {
    this.target?.debug(fields, message);
  }

  info(fields: object, message?: string): void {
    this.target?.info(fields, message);
  }

  warn(fields: object, message?: string): void {
    this.target?.warn(fields, message);
  }

  error(fields: object, message?: string): void {
    this.target?.error(fields, message);
  }
}
