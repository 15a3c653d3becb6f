import pino from 'pino';

/** Bytes that may wait for a reader who has stalled; what comes above is dropped. */
const maxLength = 16 * 1024 * 1024;
/** Bytes gathered before they are written at once, and milliseconds that a line waits for others. */
const minLength = 12_288;
const periodicFlush = 100;

/**
 * Writes many lines with one system call: one for each line was a tenth of what a small request costs
 * (measured: 4 of 45 µs). Lines of the last tenth of a second are lost if the process is killed outright.
 */
export function createLogStream() {
  return pino.destination({ dest: 1, sync: false, minLength, maxLength, periodicFlush });
}
