import { invalidInput } from '../failure.ts';
import type { Position } from './log-entry.ts';

/** Writes a position as the cursor of an event. */
export function encodeCursor({ number, id }: Position): string {
  return Buffer.from(`${number}:${id}`).toString('base64url');
}

/** @throws Refusal INVALID_INPUT when the text is not a cursor of an event */
export function decodeCursor(cursor: string): Position {
  const match = /^(\d{1,16}):((?:\d{1,16}-\d{1,16})?)$/.exec(Buffer.from(cursor, 'base64url').toString());
  const number = Number(match?.[1]);
  if (match !== null && Number.isSafeInteger(number)) return { number, id: match[2] ?? '' };
  throw invalidInput(['after'], 'is not the cursor of an event');
}
