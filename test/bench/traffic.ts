import { callsPerDay } from './figures.ts';

/**
 * When the calls of every account start, at irregular moments: the times of each `block` calls are drawn evenly from
 * the time that so many calls take in the mean. Calls are numbered from `epoch` on, and are made as they are asked for.
 */
const epoch = Date.UTC(2020, 0, 1);
const block = 64;
const blockLength = (block * 86_400_000) / callsPerDay;
/** Those drawn last, by the number of their block. */
const drawn = new Map<number, readonly number[]>();

/** Milliseconds since the epoch of Unix. */
export function startOf(number: number): number {
  return timesOf(Math.floor(number / block))[number % block] as number;
}

/** The number of the first call that starts at a time or later. */
export function numberFrom(time: number): number {
  const which = Math.floor((time - epoch) / blockLength);
  const index = timesOf(which).findIndex((start) => start >= time);
  return which * block + (index < 0 ? block : index);
}

function timesOf(which: number): readonly number[] {
  const known = drawn.get(which);
  if (known !== undefined) return known;
  if (drawn.size > 2_000) drawn.clear();
  const begin = epoch + which * blockLength;
  const times = Array.from({ length: block }, (_, nth) =>
    Math.floor(begin + random(which * block + nth) * blockLength),
  ).sort((a, b) => a - b);
  drawn.set(which, times);
  return times;
}

/** The same number for the same seed, from 0 up to 1. */
function random(seed: number): number {
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}
