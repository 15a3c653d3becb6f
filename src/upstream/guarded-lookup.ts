import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** `lookup` of `node:dns` for all addresses of a name. */
export type Resolve = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export const notReached = 'the address may not be reached';

/** Node's `lookup`, which fails if one of the addresses of a name is not allowed. */
export function createLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return done(error ?? new Error('no address'), '');
      if (!addresses.every(({ address }) => isAllowed(address))) return done(new Error(notReached), '');
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
