import { ConfigError } from '../config/config.ts';

/**
 * Loads a package that is installed only where it is needed.
 *
 * @param setting that needs it
 * @param version such as `ioredis@5`
 * @throws ConfigError if it is not installed
 */
export async function requirePackage<T>(
  setting: string,
  version: string,
  load: () => Promise<T>,
): Promise<T> {
  return load().catch(() => {
    const [name] = version.split('@', 1);
    const message = `needs the package ${name}, which is not installed (npm install ${version})`;
    throw new ConfigError([{ path: setting, message }]);
  });
}
