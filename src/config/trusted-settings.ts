import { z } from 'zod';

/**
 * Headers that have another meaning, or of which Node keeps only the first (`message.headers`): a client's own would count
 * in place of the one that a proxy appends.
 */
const unusable = new Set(
  'age authorization content-length content-type cookie etag expires from host if-modified-since if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after server set-cookie user-agent x-api-key x-forwarded-for'.split(
    ' ',
  ),
);

const network = z
  .union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], 'must be an address, or a network such as 10.0.0.0/8')
  .refine((text) => !text.endsWith('/0'), 'trusts everyone: any client could name the caller')
  // Addresses of this form are compared as IPv4 addresses.
  .refine((text) => !/^::ffff:[\d.]+(\/|$)/i.test(text), 'must be written as an IPv4 address');

/** `access.trusted` of the accounts file: a header in which a proxy names the caller that it has authenticated. */
export const trustedSettings = z.strictObject({
  /** Its name; parsed to lower case. */
  header: z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]{1,64}$/, 'must be the name of a header')
    .transform((name) => name.toLowerCase())
    .refine((name) => !unusable.has(name), 'has a meaning of its own: give a name such as X-Caller'),
  /** The networks and addresses of the proxies, as this server sees them. */
  from: z.array(network).min(1).max(1_000),
});

export type TrustedSettings = z.output<typeof trustedSettings>;
