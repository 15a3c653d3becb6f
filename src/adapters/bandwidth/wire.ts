import { readJson } from '../../upstream/read-json.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { isObject } from '../kit/rest/json.ts';

/**
 * A call as GET, the list and the answer to a create show it (Bandwidth spec, callState and createCallResponse). The
 * schema requires nothing. Only the id is required here; the rest is checked where it is used. Null means absent.
 */
export interface WireCall {
  readonly callId: string;
  readonly parentCallId?: unknown;
  readonly callUrl?: unknown;
  readonly applicationId?: unknown;
  readonly to?: unknown;
  readonly from?: unknown;
  readonly direction?: unknown;
  readonly state?: unknown;
  readonly stirShaken?: unknown;
  readonly identity?: unknown;
  readonly enqueuedTime?: unknown;
  readonly startTime?: unknown;
  readonly answerTime?: unknown;
  readonly endTime?: unknown;
  readonly disconnectCause?: unknown;
  readonly errorMessage?: unknown;
  readonly errorId?: unknown;
  readonly lastUpdate?: unknown;
}

export function isWireCall(value: unknown): value is WireCall {
  return isObject(value) && typeof value.callId === 'string' && value.callId !== '';
}

/**
 * The call in the answer to a GET, or null for none. Bandwidth's own migration toolkit has met an array of one in
 * place of the object; an empty one says what 404 says.
 *
 * @throws Error when there is no call in it
 */
export function readCall(text: string): WireCall | null {
  const body = readJson(text);
  if (!Array.isArray(body)) return requireCall(body);
  return body.length === 0 ? null : requireCall(body.length === 1 ? body[0] : undefined);
}

/** The call in the answer to a create. @throws Error when there is none in it */
export function readCreated(text: string): WireCall {
  return requireCall(readJson(text));
}

/** A change is answered without content: a web page in its place comes from something in between. */
export function expectNothing({ text }: HttpResponse): void {
  if (text.trimStart().startsWith('<')) throw new Error('markup in place of an empty answer');
}

function requireCall(value: unknown): WireCall {
  if (!isWireCall(value)) throw new TypeError('no call');
  return value;
}
