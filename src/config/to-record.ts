/** Returns `value` if it is an object with string keys, undefined for anything else, arrays included. */
export function toRecord(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Record<string, unknown>;
}
