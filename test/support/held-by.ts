import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes by which the process holds more after this than before it, garbage left out. */
export async function heldBy(work: () => Promise<unknown>): Promise<number> {
  const before = held();
  await work();
  return held() - before;
}

function held(): number {
  collect();
  // The buffers that one collection frees are swept on another thread, and counted as held until the next begins.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
