/** A seeded random number generator: the same seed gives the same calls. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number;
  /** True with this probability in percent. */
  percent(chance: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** A string of `digits` lower-case hexadecimal digits, 32 at most. */
  hex(digits: number): string;
  /** A version 4 UUID. */
  uuid(): string;
}

/** Creates a Mulberry32 generator, which has 32 bits of state. Not for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const bits = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => bits() / 0x1_0000_0000;
  const between = (lowest: number, highest: number) => lowest + Math.floor(next() * (highest - lowest + 1));
  // As bytes, since a number that is made a text takes several times as long.
  const bytes = Buffer.alloc(16);
  const hex = (digits: number) => {
    const length = Math.ceil(digits / 8) * 4;
    for (let at = 0; at < length; at += 4) bytes.writeUInt32BE(bits(), at);
    return bytes.toString('hex', 0, length).slice(0, digits);
  };
  return {
    next,
    between,
    percent: (chance) => next() * 100 < chance,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}

/** FNV-1a over UTF-16 units, 32 bits. Makes the seed of each account different. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
