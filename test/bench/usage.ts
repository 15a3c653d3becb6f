/**
 * Loaded before the program of every process that is measured: tells, when asked over the channel to the
 * parent, what the process has used by its own account.
 */
export interface Usage {
  /** Microseconds of processor time, user and system. */
  readonly cpu: number;
  /** Bytes of resident memory. */
  readonly rss: number;
  readonly heapUsed: number;
}

process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpu: user + system, rss, heapUsed } satisfies Usage);
});
// The channel must not keep a process alive that is done.
process.channel?.unref();
