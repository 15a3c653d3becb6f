const factor = Number(process.env.CASES ?? 1);

/**
 * How many cases of a property are tried: the given number by default, `CASES` times as many in `npm run test:long`.
 * Each case is as large as any.
 */
export function runs(usual: number): number {
  return Math.max(1, Math.round(usual * factor));
}
