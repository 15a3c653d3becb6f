import { toText } from '../kit/rest/json.ts';

/** About 110 are usual. */
const longest = 512;

/**
 * Where Bandwidth shows the call, as the answer to a create tells it (Bandwidth spec, createCallResponse). For
 * clients to read, never for us to ask. Null where it is no web address, or one with credentials in it.
 */
export function toCallUrl(value: unknown): string | null {
  const text = toText(value);
  if (text === null || text.length > longest || !URL.canParse(text)) return null;
  const { protocol, username, password } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && password === '' ? text : null;
}
