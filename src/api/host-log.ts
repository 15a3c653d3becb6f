import type { Logger } from '../runtime/logger.ts';

/** The log of the app that the API is a part of: that of the first one, once there is one. Until then nothing is logged. */
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
