import { isDeepStrictEqual } from 'node:util';
import { type Config, ConfigError } from './config.ts';

/** The configuration after a reload, and which settings of the new one were left out. */
export interface ReloadedConfig {
  readonly config: Config;
  /** Paths of settings that differ and take effect at the next start. */
  readonly ignored: readonly string[];
}

/**
 * The running configuration with all of a new one that may change while requests are served: `accounts`, the rules of
 * `access`, the files of `operations`, and `limits` but for `readDeadline`, by which attempts that are being made are told
 * apart from those whose process has died.
 *
 * @throws ConfigError where accounts and sandbox change places
 */
export function reloadConfig(running: Config, next: Config): ReloadedConfig {
  if (running.sandbox !== next.sandbox) {
    const message = 'cannot take the place of the sandbox, or the other way round, while the server runs';
    throw new ConfigError([{ path: 'accounts', message }]);
  }
  const { readDeadline } = running.limits;
  const hasRules = running.access !== 'open' && next.access !== 'open';
  const files = next.operations?.files;
  const config = Object.freeze({
    ...running,
    // The accounts of the sandbox are in no file.
    accounts: running.sandbox ? running.accounts : next.accounts,
    access: hasRules ? next.access : running.access,
    limits: Object.freeze({ ...next.limits, readDeadline }),
    operations: running.operations && next.operations && { ...running.operations, files },
  });
  const names = Object.keys({ ...config, ...next }).sort() as (keyof Config)[];
  const differing = names.filter((name) => !running.sandbox || name !== 'accounts');
  const ignored = differing.filter(
    (name) => name !== 'localOnly' && !isDeepStrictEqual(config[name], next[name]),
  );
  return { config, ignored: ignored.map((name) => (name === 'limits' ? 'limits.readDeadline' : name)) };
}
