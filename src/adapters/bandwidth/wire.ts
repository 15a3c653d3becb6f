import { readJson } from '../../upstream/read-json.ts';

/**
 * A call as GET, the list and the answer to a create show it (Bandwidth spec, callState and
 * createCallResponse). The schema requires nothing; only the identifier is insisted on, and the rest is
 * read with suspicion where it is used. Null and absent mean the same.
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

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value, or undefined where the text is no JSON: gateways answer with HTML. */
export function parseJson(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

/** A text with something in it; what is null, absent, empty or no text is null. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
