import { z } from 'zod';

const notBare = 'must be an http or https URL without user name, query and fragment';
const bareText = z.string().regex(/^[^?#@]*$/, notBare);
const httpUrl = z.url({ protocol: /^https?$/, error: notBare });

const shared = {
  /** `https://host/restcomm/2012-04-24`, `https://host/restcomm-sbc/2012-04-24`: up to the version. */
  baseUrl: bareText.pipe(httpUrl),
  auth: z.strictObject({
    username: z.string().regex(/^[^:]+$/, 'must be an account SID or e-mail address'),
    password: z.string().min(1),
  }),
  format: z.enum(['json', 'xml']).default('json'),
};

export const settings = z.discriminatedUnion(
  'dialect',
  [
    z.strictObject({
      dialect: z.literal('connect').default('connect'),
      // Anything else, such as an e-mail address, lists no calls at all (AccountKey.java).
      accountSid: z.string().regex(/^AC[A-Za-z0-9]{32}$/, 'must be AC and 32 letters or digits'),
      ...shared,
    }),
    z.strictObject({ dialect: z.literal('sbc'), ...shared }),
  ],
  'must be connect or sbc',
);

/** What the accounts file says of a Restcomm account besides what it says of every account. */
export type Settings = z.output<typeof settings>;
