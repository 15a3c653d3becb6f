import { SPEECH_MS_PER_CHARACTER } from '../assumptions.ts';
import type { Turn } from './callees.ts';
import { type Line, type Prompt, pass, play } from './media.ts';
import { HungUp, type Running } from './run.ts';

/** How keys or speech are collected; times in milliseconds. */
export interface Collecting {
  readonly prompts: readonly Prompt[];
  /** For the first key, from the end of the prompts. */
  readonly first: number;
  /** For each further key. */
  readonly next: number;
  readonly most: number;
  /** The keys that end it. */
  readonly ends: string;
  /** The keys that may come first; any by default. */
  readonly starts?: string;
  readonly hears?: { readonly keys: boolean; readonly speech: boolean };
}

/** What was collected. */
export interface Collected {
  readonly digits: string;
  readonly speech: string | undefined;
  /** The key that ended it, or an empty string. */
  readonly key: string;
}

/** How long a person takes to react, and from one key to the next, in milliseconds. */
const REACTION_MS = 500;

/** Plays the prompts, then takes one turn of the person. */
export function* collect(line: Line, how: Collecting): Running<Collected> {
  const turn = line.callee.next();
  const { keys: hearsKeys, speech: hearsSpeech } = how.hears ?? { keys: true, speech: false };
  const [first] = how.prompts;
  const interrupts = turn.interrupts === true && turn.presses !== undefined && hearsKeys && first;
  if (interrupts) line.note(first.note, first.voice);
  else for (const prompt of how.prompts) yield* play(line, prompt);
  let time = line.at + (turn.after ?? REACTION_MS);
  let deadline = interrupts ? Number.POSITIVE_INFINITY : line.at + how.first;
  let digits = '';
  let key = '';
  let isDone = false;
  if (turn.says !== undefined && hearsSpeech && time <= deadline) {
    yield* pass(line, time + lengthOf(turn.says) - line.at);
    return { digits, speech: turn.says, key };
  }
  if (turn.says !== undefined) time += lengthOf(turn.says);
  for (const pressed of hearsKeys ? (turn.presses ?? '') : '') {
    if (time > deadline) break;
    if (how.ends.includes(pressed)) key = pressed;
    else if (digits !== '' || how.starts === undefined || how.starts.includes(pressed)) digits += pressed;
    isDone = key !== '' || digits.length >= how.most;
    deadline = isDone ? time : time + how.next;
    if (isDone) break;
    time += REACTION_MS;
  }
  if (!isDone && turn.hangsUp === true && time <= deadline) yield* leave(line, time);
  yield* pass(line, deadline - line.at);
  return { digits, speech: undefined, key };
}

/** How a person is recorded; times in milliseconds. */
export interface Recording {
  /** How long the silence before the first word may last. */
  readonly first: number;
  /** The silence that ends it. */
  readonly silence: number;
  readonly most: number;
  readonly ends: string;
}

/** What was recorded. */
export interface Recorded {
  readonly words: string;
  readonly lasts: number;
  readonly key: string;
}

/** Takes one turn of the person and records what is said. */
export function* record(line: Line, how: Recording): Running<Recorded> {
  const turn = line.callee.next();
  const start = line.at;
  const limit = start + how.most;
  const begun = start + (turn.after ?? REACTION_MS);
  const words = begun > start + how.first ? '' : heard(turn, limit - begun);
  const said = begun + lengthOf(words);
  const act = said + (turn.says === undefined ? 0 : REACTION_MS);
  const quiet = Math.min(limit, words === '' ? start + how.first : said + how.silence);
  const key = [...(turn.presses ?? '')].find((pressed) => how.ends.includes(pressed)) ?? '';
  if (key === '' && turn.hangsUp === true && act <= quiet) yield* leave(line, act);
  const end = key !== '' && act <= quiet ? act : quiet;
  yield* pass(line, end - start);
  return { words, lasts: end - start, key: end === act ? key : '' };
}

function* leave(line: Line, at: number): Running<never> {
  yield* pass(line, at - line.at);
  line.farEndHangsUp();
  throw new HungUp(line.at);
}

const lengthOf = (words: string) => words.length * SPEECH_MS_PER_CHARACTER;

/** The words of a turn that fit into a time in milliseconds. */
function heard({ says = '' }: Turn, milliseconds: number): string {
  return says.slice(0, Math.max(0, Math.floor(milliseconds / SPEECH_MS_PER_CHARACTER)));
}
