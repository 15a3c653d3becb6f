import { z } from 'zod';

/** What an entry of the accounts file says that only Acme needs. */
export const settings = z.strictObject({
  accountSid: z.string().regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits'),
  authToken: z.string().min(1, 'must not be empty'),
  baseUrl: z.url({ protocol: /^https?$/, error: 'must be an absolute http or https address' }),
});

export type Settings = z.infer<typeof settings>;
