import type { Options } from './options.ts';
import { startServer, type Upstream } from './servers.ts';
import { type Figure, figureOf } from './statistics.ts';

/** Milliseconds from spawning the facade to the last byte of its first answer, over several starts. */
export async function measureStart({ origin }: Upstream, { starts, node }: Options): Promise<Figure> {
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const { process, ready } = await startServer('facade', origin, node);
    times.push(ready);
    await process.stop();
  }
  return figureOf(times);
}
