/** Copies an object without its undefined members, so that spreading it does not overwrite a default. */
export function withoutUndefined<T extends object>(
  value: T | undefined,
): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, each]) => each !== undefined)) as T;
}
