import { z } from 'zod';

const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an absolute http or https address',
});

const secret = z.string().min(1, { error: 'must not be empty' });

/**
 * What an entry of the accounts file says that only Bandwidth needs. OAuth 2 is Bandwidth's way; basic
 * authentication ends there on 2026-12-02 (dev.bandwidth.com, account credentials).
 */
export const settings = z.strictObject({
  /** Seven digits, part of every path. */
  accountId: z
    .string({
      error: ({ input }) =>
        typeof input === 'number' ? 'must be a string; quote it, since it is made of digits' : undefined,
    })
    .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be the identifier of the account, such as "9900000"' }),
  applicationId: z.string().min(1).optional(),
  baseUrl: httpUrl.default('https://voice.bandwidth.com/api/v2'),
  tokenUrl: httpUrl.default('https://api.bandwidth.com/api/v1/oauth2/token'),
  auth: z.union(
    [
      z.strictObject({ clientId: secret, clientSecret: secret }),
      z.strictObject({ username: secret, password: secret }),
    ],
    { error: 'must hold clientId and clientSecret, or username and password' },
  ),
});

export type Settings = z.infer<typeof settings>;
