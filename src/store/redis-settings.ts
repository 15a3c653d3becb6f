/** Where Redis is, and what is expected of it. */
export interface RedisSettings {
  /** One server; or several nodes of a cluster, or sentinels. The first one's credentials and database are used. */
  readonly urls: readonly string[];
  /** Whether they are nodes of a Redis Cluster. */
  readonly cluster?: boolean | undefined;
  /** The name of the primary, if they are sentinels, and their own credentials. */
  readonly sentinel?: Sentinel | undefined;
  /** Whether to store no idempotency key in a Redis that may lose it: see `hazardOf`. */
  readonly strict?: boolean | undefined;
}

interface Sentinel {
  readonly name: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Whether a text is a URL of a Redis, `redis://[user:password@]host[:port][/database]`, or `rediss:` for TLS. */
export function isRedisUrl(text: string): boolean {
  return URL.canParse(text) && /^rediss?:\/\/[^/]/i.test(text);
}
