/** Restcomm takes whole seconds, at least one: a fraction would be read as the default. Rounded up. */
export function toWholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds));
}
