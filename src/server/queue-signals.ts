/**
 * Returns a function that waits for the next SIGTERM or SIGINT, which may have come already. Neither ends the process by
 * itself from now on.
 */
export function queueSignals(): () => Promise<void> {
  let queued = 0;
  let notify: (() => void) | undefined;
  const onSignal = () => {
    if (notify === undefined) queued += 1;
    notify?.();
    notify = undefined;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
  return () =>
    new Promise((resolve) => {
      if (queued === 0) notify = resolve;
      else resolve();
      queued = Math.max(0, queued - 1);
    });
}
