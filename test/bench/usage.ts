/**
 * Loaded before the program of every process that is measured: tells, when asked over the channel to the
 * parent, what the process has used by its own account; and sets its clock ahead by the milliseconds of `BENCH_AHEAD`.
 */
export interface Usage {
  /** Microseconds of processor time, user and system. */
  readonly cpu: number;
  /** Bytes of resident memory. */
  readonly rss: number;
  readonly heapUsed: number;
}

const { BENCH_AHEAD: ahead } = process.env;
if (ahead !== undefined) {
  const now = Date.now;
  Date.now = () => now() + Number(ahead);
}

process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpu: user + system, rss, heapUsed } satisfies Usage);
});
// The channel must not keep a process alive that is done.
process.channel?.unref();
