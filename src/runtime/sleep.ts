import type { Abortable } from './cancellation.ts';

/**
 * Resolves true after `milliseconds`, or false as soon as the signal fires or if it has fired. Leaves no timer
 * behind.
 */
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
