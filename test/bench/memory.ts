import { load } from './load.ts';
import type { Options } from './options.ts';
import { type Running, startServer, type Upstream } from './servers.ts';
import { medianOf } from './statistics.ts';

/** Resident memory of the facade, in MB. */
export interface Memory {
  readonly before: number;
  readonly after: number;
  readonly highest: number;
  /** The last quarter of the time to the second, medians of both; the first is for warming up. */
  readonly growth: number;
  readonly samples: readonly number[];
}

const every = 500;

/** Watches the facade while 32 clients ask for all pieces of work at the same time. */
export async function watchMemory(
  { origin }: Upstream,
  { works, loadSeconds, node }: Options,
): Promise<Memory> {
  const facade = await startServer('facade', origin, node);
  try {
    const before = await residentOf(facade);
    const samples: number[] = [];
    const client = (number: number) => {
      const work = works[number % works.length];
      if (work === undefined) throw new Error('no work to be done');
      return work.graphql(number);
    };
    const sample = () => void residentOf(facade).then((size) => samples.push(size));
    const timer = setInterval(sample, every);
    await load({ origin: facade.origin, connections: 32, milliseconds: 1000 * loadSeconds, client });
    clearInterval(timer);
    const after = await residentOf(facade);
    const quarter = (number: number) =>
      medianOf(samples.slice((number * samples.length) / 4, ((number + 1) * samples.length) / 4));
    return { before, after, highest: Math.max(...samples), growth: quarter(3) / quarter(1), samples };
  } finally {
    await facade.process.stop();
  }
}

async function residentOf({ process }: Running): Promise<number> {
  const { rss } = await process.usage();
  return rss / 2 ** 20;
}
