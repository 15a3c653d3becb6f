import { z } from 'zod';
import { isRedisUrl, type RedisSettings } from '../store/redis-settings.ts';
import { scalarOrMapping } from './scalar-or-mapping.ts';

const url = z.string().refine(isRedisUrl, 'must be redis://… or rediss://…');
const text = z.string().min(1);

const redis = z
  .strictObject({
    url: url.optional(),
    urls: z.array(url).min(1).optional(),
    cluster: z.boolean().optional(),
    sentinel: z.strictObject({ name: text, username: text.optional(), password: text.optional() }).optional(),
    strict: z.boolean().optional(),
    secret: z.string().min(16, 'must have at least 16 characters').optional(),
  })
  .superRefine(({ url, urls, cluster, sentinel }, context) => {
    const add = (message: string) => context.addIssue({ code: 'custom', message });
    if ((url === undefined) === (urls === undefined)) add('must hold either `url` or `urls`');
    if (cluster && sentinel) add('cannot be both `cluster` and `sentinel`');
    if ((urls?.length ?? 0) > 1 && !cluster && !sentinel) {
      add('several `urls` are nodes of a `cluster`, or know a primary as `sentinel`');
    }
  });

/** `store` of the configuration. */
export interface StoreSettings extends RedisSettings {
  /** What the parties of calls in the store are encrypted with; the credentials of their account if absent. */
  readonly secret?: string | undefined;
}

/** `store` in the accounts file: the URL of a Redis, or more about it. */
export const storeSettings = scalarOrMapping(
  url.transform((url): z.output<typeof redis> => ({ url })),
  redis,
).transform(
  ({ url: one, urls = one === undefined ? [] : [one], ...others }): StoreSettings => ({ urls, ...others }),
);
