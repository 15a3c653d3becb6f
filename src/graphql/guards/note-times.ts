import type { Context } from '../context.ts';
import type { CreateGuard } from './guard.ts';

/** A guard that notes when the operation was accepted and when it has ended. It is the last, so that all have accepted it. */
export const noteTimes: CreateGuard<Pick<Context, 'operation'>> = ({ operation: run }) => ({
  check() {
    run.acceptedAt = performance.now();
  },
  finish() {
    run.endedAt = performance.now();
    return undefined;
  },
});
