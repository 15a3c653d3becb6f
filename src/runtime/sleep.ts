import type { Abortable } from './cancellation.ts';

/** Waits; false at once when the signal fires first, or has fired. Leaves no timer behind. */
export function sleep(milliseconds: number, signal: Abortable): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const onAbort = {
      handleEvent: () => {
        clearTimeout(timer);
        resolve(false);
      },
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
