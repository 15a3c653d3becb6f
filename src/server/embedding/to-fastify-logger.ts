import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from '../../runtime/logger.ts';

const ignore = (): void => undefined;

/** A logger as Fastify wants one, which writes to ours. */
export function toFastifyLogger(log: Logger): FastifyBaseLogger {
  const logger: FastifyBaseLogger = {
    level: 'info',
    debug: (fields: object, message?: string) => log.debug(fields, message),
    info: (fields: object, message?: string) => log.info(fields, message),
    warn: (fields: object, message?: string) => log.warn(fields, message),
    error: (fields: object, message?: string) => log.error(fields, message),
    fatal: (fields: object, message?: string) => log.error(fields, message),
    trace: ignore,
    silent: ignore,
    child: () => logger,
  };
  return logger;
}
