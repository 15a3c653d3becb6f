import { isObject } from '../runtime/is-object.ts';

/** The members of a JSON object; undefined for any other text. */
export function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
