import type { ListCursor } from '../../calls/lists/connection.ts';
import type { Position } from '../../calls/page.ts';
import { HexReader, toHex } from './hex-reader.ts';
import { packHints, unpackHints } from './packed-hints.ts';
import { packId, unpackId } from './packed-id.ts';

/** The first digit of a packed cursor is a sum of these. */
const [hasPositions, isBackward, hasHints] = [1, 2, 4];

const timeDigits = 13;
const noTime = 'f'.repeat(timeDigits);
/** Milliseconds since the epoch of the first and the last instant, in the years 0000 and 9999. */
const [firstTime, lastTime] = [-62_167_219_200_000, 253_402_300_799_999];

/** The accounts before and after all others: see `startPosition`. */
const [beforeEveryKey, afterEveryKey] = ['', '\uffff'];

const reportedDigits = 8;

/**
 * Packs a cursor as hexadecimal digits:
 *
 *     which parts follow (1 digit), account, position
 *     number of accounts, account and position of each; the position may be missing
 *     hints: see `packHints`
 *     digests of reported rows (8 digits each)
 *
 * A position is a time (13 digits) and an id: see `packId`. An account is its index in the list, a single digit where
 * there are at most 14 accounts.
 *
 * @param keys of the list's accounts, sorted
 * @param most digits that the digests of reported rows may fill up; the latest ones are kept
 */
export function packCursor(cursor: ListCursor, keys: readonly string[], most: number): string {
  const { position, accountPositions, hints = new Map(), reported = [] } = cursor;
  let parts = 0;
  let packed = packAccount(position.accountKey, keys) + packPosition(position);
  if (accountPositions !== undefined) {
    const { positions, direction } = accountPositions;
    parts += hasPositions + (direction === 'backward' ? isBackward : 0);
    packed += toHex(positions.size, indexDigits(keys));
    for (const [key, at] of positions) {
      packed += packAccount(key, keys) + (at === null ? '0' : `1${packPosition(at)}`);
    }
  }
  if (hints.size > 0) {
    parts += hasHints;
    packed += packHints(hints, keys);
  }
  const room = Math.floor((most - packed.length) / reportedDigits);
  return toHex(parts, 1) + packed + (room > 0 ? reported.slice(-room).join('') : '');
}

/**
 * Reads what `packCursor` has written.
 *
 * @throws RangeError when it is none
 */
export function unpackCursor(text: string, keys: readonly string[]): ListCursor {
  const hex = new HexReader(text);
  const parts = hex.number(1);
  const accountKey = unpackAccount(hex, keys);
  const position = { accountKey, ...unpackPosition(hex) };
  const positions = new Map<string, Position | null>();
  for (let left = parts & hasPositions ? hex.number(indexDigits(keys)) : 0; left > 0; left -= 1) {
    positions.set(unpackAccount(hex, keys), hex.number(1) === 0 ? null : unpackPosition(hex));
  }
  const direction = parts & isBackward ? 'backward' : 'forward';
  const hints = parts & hasHints ? unpackHints(hex, keys) : undefined;
  const reported = hex.rest().match(/.{8}/g) ?? [];
  return {
    position,
    ...(hints && { hints }),
    ...(positions.size > 0 && { accountPositions: { direction, positions } }),
    ...(reported.length > 0 && { reported }),
  };
}

/** Digits for the index of an account, which is between 0 and the number of accounts plus one. */
function indexDigits(keys: readonly string[]): number {
  return toHex(keys.length + 1, 1).length;
}

function packAccount(key: string, keys: readonly string[]): string {
  const index = key === beforeEveryKey ? 0 : key === afterEveryKey ? keys.length + 1 : keys.indexOf(key) + 1;
  return toHex(index, indexDigits(keys));
}

function unpackAccount(hex: HexReader, keys: readonly string[]): string {
  const key = [beforeEveryKey, ...keys, afterEveryKey][hex.number(indexDigits(keys))];
  if (key === undefined) throw new RangeError('There is no such account.');
  return key;
}

function packPosition({ createdAt, providerCallId }: Position): string {
  const time = createdAt === null ? noTime : toHex(Date.parse(createdAt) - firstTime, timeDigits);
  return time + packId(providerCallId);
}

function unpackPosition(hex: HexReader): Position {
  const time = hex.take(timeDigits);
  const milliseconds = Number.parseInt(time, 16) + firstTime;
  if (time !== noTime && milliseconds > lastTime) throw new RangeError('The time is after the year 9999.');
  const createdAt = time === noTime ? null : new Date(milliseconds).toISOString();
  return { createdAt, providerCallId: unpackId(hex) };
}
