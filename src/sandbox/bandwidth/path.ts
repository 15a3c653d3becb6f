const PATH = /^\/api\/v2\/accounts\/[^/]+\/calls(?:\/([^/]+)(\/bxml)?)?\/?$/;

/** What a path of the Calls API names: all calls, one call, or the document that one call runs. */
export interface Place {
  /** Decoded; absent where all calls are meant. */
  readonly callId?: string;
  readonly isBxml: boolean;
}

/** Reads a path without its query; undefined where the Calls API has nothing. A trailing slash changes nothing. */
export function readPath(path: string): Place | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const [, callId, bxml] = match;
  return callId === undefined ? { isBxml: false } : { callId: decode(callId), isBxml: bxml !== undefined };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
