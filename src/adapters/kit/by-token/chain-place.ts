import { isToken } from './token-source.ts';

/**
 * Where in a chain of tokens to resume. A token belongs to the lower bound (a key) and the page size of the request
 * that it was given for. As the hint of a page it saves the way there, and is verified before it is relied on.
 */
export interface ChainPlace {
  readonly size: number;
  readonly min: number | undefined;
  readonly token: string | undefined;
}

export function writeChainPlace({ size, min, token }: ChainPlace): string {
  return `o ${size} ${min ?? ''} ${token ?? ''}`;
}

/** Undefined for anything that is none: a hint may be stale, damaged or made up. */
export function readChainPlace(hint: string | undefined, largestPage: number): ChainPlace | undefined {
  const [, digits, min, token] = /^o (\d{1,5}) (-?\d{1,14}|) (\S*)$/.exec(hint ?? '') ?? [];
  const size = Number(digits);
  if (token === undefined || !(size >= 1 && size <= largestPage)) return undefined;
  if (token !== '' && !isToken(token)) return undefined;
  return { size, min: min === '' ? undefined : Number(min), token: token === '' ? undefined : token };
}
