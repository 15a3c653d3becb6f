import type { Context } from '../context.ts';
import type { CreateGuard } from './guard.ts';

/** Notes when an operation was accepted and when it ended. It must be the last guard, which runs once all have accepted. */
export const noteTimes: CreateGuard<Pick<Context, 'operation'>> = ({ operation: run }) => ({
  check() {
    run.acceptedAt = performance.now();
  },
  finish() {
    run.endedAt = performance.now();
    return undefined;
  },
});
