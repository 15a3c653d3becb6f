import { z } from 'zod';

/** Which claims of a token give rights. */
export const claimSettings = {
  /** The claim that lists the keys of accounts, or patterns of them such as `acme-*`; `*` stands for all of them. */
  accountsClaim: z.string().min(1).default('accounts'),
  /** The claim that lists `read` and `write`; other values in it are ignored. */
  mayClaim: z.string().min(1).default('may'),
};

export type ClaimSettings = { readonly [Claim in keyof typeof claimSettings]: string };
