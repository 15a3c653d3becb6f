import { z } from 'zod';
import { isLoopback } from './is-loopback.ts';

/**
 * A URL of the issuer of tokens. It must be https, because whoever can tamper with what it answers can forge any token;
 * http is accepted for this machine only.
 */
export const issuerUrl = z
  .url('must be an absolute https address')
  .transform((text) => new URL(text))
  .refine(
    ({ protocol, hostname }) => protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)),
    'must be https',
  )
  .refine(
    ({ username, password }) => username === '' && password === '',
    'must hold no user name or password',
  );
