import { PLAY_MS, SPEECH_MS_PER_CHARACTER } from '../assumptions.ts';
import type { Callee } from './callees.ts';
import type { Running } from './run.ts';
import type { Voice } from './transcript.ts';

/** One party as a script hears it and is heard. Both carriers' scripts speak, play and listen through it. */
export interface Line {
  /** The time that the script has reached, in milliseconds since the epoch. */
  at: number;
  readonly callee: Callee;
  /** Writes to the transcript. */
  note(text: string, voice?: Voice): void;
  /** Ends the call because the person hangs up. */
  farEndHangsUp(): void;
}

/** A prompt: what the transcript says of it, and how long it takes in milliseconds. */
export interface Prompt {
  readonly note: string;
  readonly voice?: Voice;
  readonly lasts: number;
}

export function speech(text: string, voice: Voice): Prompt {
  return { note: `said "${text}"`, voice, lasts: text.length * SPEECH_MS_PER_CHARACTER };
}

export function audio(url: string): Prompt {
  return { note: `played ${url}`, lasts: PLAY_MS };
}

export function silence(milliseconds: number): Prompt {
  return { note: `was silent for ${milliseconds / 1000} s`, lasts: milliseconds };
}

/** Lets time pass. */
export function* pass(line: Line, milliseconds: number): Running<void> {
  if (milliseconds <= 0) return;
  line.at = yield { until: line.at + milliseconds };
}

/** Plays a prompt to its end. */
export function* play(line: Line, { note, voice, lasts }: Prompt): Running<void> {
  line.note(note, voice);
  yield* pass(line, lasts);
}
