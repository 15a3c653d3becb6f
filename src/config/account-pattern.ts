import { z } from 'zod';

/** The most characters of a key or pattern, and the most of them in a list. Both are bounded, since callers are cached. */
const maxLength = 100;
const maxCount = 1_000;

/** The key of an account, or the beginning of keys followed by `*`. */
const accountPattern = z
  .string()
  .min(1)
  .max(maxLength)
  .refine((text) => !text.slice(0, -1).includes('*'), 'may hold `*` at its end only');

/** The accounts of a caller. */
export const accountPatterns = z.array(accountPattern).min(1).max(maxCount);

/**
 * Creates a function that tells whether one of `patterns` is the key of an account, or ends in `*` and the key begins
 * with the rest. Its time is proportional to the number of different lengths of patterns. Lists that are too long, and patterns that
 * `accountPatterns` would not take, match nothing.
 */
export function createAccountMatcher(patterns: readonly string[]): (accountKey: string) => boolean {
  if (!accountPatterns.safeParse(patterns).success) return () => false;
  const keys = new Set(patterns.filter((each) => !each.endsWith('*')));
  const beginnings = new Set(patterns.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1)));
  const lengths = [...new Set([...beginnings].map(({ length }) => length))];
  return (key) => keys.has(key) || lengths.some((length) => beginnings.has(key.slice(0, length)));
}
