import { z } from 'zod';
import { delay } from './duration.ts';

const origin = z
  .string()
  .refine(isOrigin, 'must be an origin as browsers send it, such as https://app.example.com');

/** `cors` in the accounts file: the pages that may send operations. `*` is no origin, so credentials go to none but these. */
export const corsSettings = z.strictObject({
  origins: z.array(origin).min(1),
  /** Whether browsers may send cookies along, for a proxy in front that reads them. */
  credentials: z.boolean().default(false),
  /** How long a browser may go on without another preflight. Browsers bound it themselves, Chromium to two hours. */
  maxAge: delay.default(600_000),
});

/** Exactly as browsers serialize it (RFC 6454, section 6.2): another spelling would never match. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return text === `${protocol}//${host}` && !host.includes('*');
}
