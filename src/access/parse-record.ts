import { toRecord } from '../config/to-record.ts';

/** The members of a JSON object; undefined for any other text. */
export function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    return toRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
}
