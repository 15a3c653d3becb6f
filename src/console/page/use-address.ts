import { useMemo, useSyncExternalStore } from 'react';
import { type Address, readAddress, toFragment } from './address.ts';

/** The address of the page as state: it follows links, `go` and the buttons of the browser. */
export function useAddress(): Address {
  const fragment = useSyncExternalStore(follow, () => location.hash);
  return useMemo(() => readAddress(fragment), [fragment]);
}

/** @param replaces whether the address before is forgotten, as for a word that is corrected */
export function go(address: Address, replaces = false): void {
  const fragment = toFragment(address);
  if (fragment === location.hash) return;
  if (replaces) history.replaceState(null, '', fragment);
  else history.pushState(null, '', fragment);
  // The browser tells of its own changes only.
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function follow(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
