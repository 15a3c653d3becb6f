const ESCAPED = /[<>&='\u2028\u2029]/g;

/** Serializes JSON as Gson does: two spaces, members that are undefined left out, HTML's special characters as `\u0026`. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
