import { isObject, toText } from '../../../../src/adapters/kit/rest/json.ts';
import { readJson } from '../../../../src/upstream/read-json.ts';

/** A call as it travels. Only the sid is relied on; the rest is checked where it is used. */
export interface WireCall extends Readonly<Record<string, unknown>> {
  readonly sid: string;
}

/** @throws Error when there is no call in the text */
export function readCall(text: string): WireCall {
  const value: unknown = readJson(text);
  if (!isWireCall(value)) throw new TypeError('no call');
  return value;
}

/** @throws Error when there is no list in the text */
export function readList(text: string) {
  const list: unknown = readJson(text);
  if (!isObject(list) || !Array.isArray(list.calls)) throw new TypeError('no list');
  const rows: readonly unknown[] = list.calls;
  return { rows, nextPageUri: toText(list.next_page_uri) ?? undefined };
}

export function isWireCall(value: unknown): value is WireCall {
  return isObject(value) && typeof value.sid === 'string' && value.sid !== '';
}
