/** Milliseconds before the nth attempt: half a second, doubled up to 15 s, spread so that not all pages come at once. */
export function reconnectDelay(attempt: number, random = Math.random): number {
  const longest = Math.min(15_000, 500 * 2 ** (attempt - 1));
  return Math.round(longest * (0.5 + random() / 2));
}
