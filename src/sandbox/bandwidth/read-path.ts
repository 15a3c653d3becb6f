/** Parses a path without its query; undefined if the Calls API has no such path. A trailing slash is ignored. */
export function readPath(path: string): Resource | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const [, callId, bxml] = match;
  return callId === undefined ? { isBxml: false } : { callId: decode(callId), isBxml: bxml !== undefined };
}

const PATH = /^\/api\/v2\/accounts\/[^/]+\/calls(?:\/([^/]+)(\/bxml)?)?\/?$/;

/** The resource of a path of the Calls API: all calls, one call, or the BXML of one call. */
export interface Resource {
  /** Decoded; undefined for the list of calls. */
  readonly callId?: string;
  readonly isBxml: boolean;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
