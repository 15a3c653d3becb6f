import { readJson } from '../../../upstream/read-json.ts';

export { isObject } from '../../../runtime/is-object.ts';

/** The value, or undefined where the text is not JSON: gateways answer with HTML. */
export function parseJson(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

/** A text that is not empty; null for anything else. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
