import pino from 'pino';

/** Standard output for the log; what has not been written yet is written when the process exits. */
export type LogStream = ReturnType<typeof createLogStream>;

/** Bytes gathered before they are written at once, and milliseconds that a line waits for others. */
const minLength = 12_288;
const periodicFlush = 100;

/**
 * Writes many lines with one system call: one for each line was a tenth of what a small request costs
 * (measured: 4 of 45 µs). Lines of the last tenth of a second are lost if the process is killed outright.
 */
export function createLogStream() {
  return pino.destination({ dest: 1, sync: false, minLength, periodicFlush });
}
