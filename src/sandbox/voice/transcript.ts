/**
 * What happened in the calls of a carrier, in the same words at each of them:
 *
 * - `answered`, `said "…"`, `played URL`, `was silent for N s`, `rang for N s`, `sent tones 12`
 * - `gathered 12`, `gathered "speech"` or `gathered nothing`; `recorded "…"` or `recorded nothing`, `beeped`
 * - `dialled +1…, +1…`, `connected to +1…`, `not connected: busy`, `joined conference NAME`
 * - `redirected`, `hung up`, `the far end hung up`, `ended by an update`
 * - `failed: REASON` where the carrier ends the call, `fell silent: REASON` where it leaves it up with nothing to hear
 * - `skipped <Verb>` for one that the carrier does not know, `not emulated: <Verb>` for one that the sandbox does not
 */
export interface Transcript extends ReadonlyArray<TranscriptLine> {
  /** The lines of a call as text; those of a leg that it dialled begin with its number and a colon. */
  of(callId: string): readonly string[];
  clear(): void;
}

/** One thing that happened. */
export interface TranscriptLine {
  /** The time of the carrier's clock, in milliseconds since the epoch. */
  readonly at: number;
  /** The call whose script did it. */
  readonly callId: string;
  /** The number of the leg that it concerns, if the call has dialled it. */
  readonly leg?: string | undefined;
  readonly text: string;
  readonly voice?: Voice | undefined;
}

/** How a text is spoken. */
export interface Voice {
  /** `female` or `male`. */
  readonly gender: string;
  /** In the carrier's own spelling, such as `en_US` or `en-gb`. */
  readonly language: string;
}

/** Lines that are kept, so that a sandbox can run for days. */
const KEPT_LIMIT = 20_000;

/** Creates an empty transcript. */
export function createTranscript(): { transcript: Transcript; write(line: TranscriptLine): void } {
  const lines: TranscriptLine[] = [];
  const members = {
    of: (callId: string) =>
      lines
        .filter((line) => line.callId === callId)
        .map(({ leg, text }) => (leg === undefined ? text : `${leg}: ${text}`)),
    clear() {
      lines.length = 0;
    },
  };
  return {
    transcript: Object.assign(lines, members),
    write(line) {
      lines.push(line);
      if (lines.length > KEPT_LIMIT) lines.splice(0, KEPT_LIMIT / 4);
    },
  };
}
