import { checkSame } from './check-same.ts';
import { load } from './load.ts';
import type { Options } from './options.ts';
import { type Running, startServer, type Upstream } from './servers.ts';
import { type Measured, summarise, toMeasured } from './statistics.ts';
import type { Results, Row } from './table.ts';
import type { Work } from './works.ts';

const connections = { one: 1, many: 32 };
/** Milliseconds until the optimising compiler has seen what there is to see. */
const warmUp = 6_000;

/** What a request costs in each of the servers, once they have been seen to do the same work. */
export async function compareCosts(upstream: Upstream, options: Options): Promise<Results> {
  const running: Running[] = [];
  try {
    for (const name of options.servers) running.push(await startServer(name, upstream.origin, options.node));
    for (const work of options.works) await checkSame(running, work);
    const results = new Map<string, Row>();
    for (const work of options.works) {
      console.log(`… ${work.name}`);
      results.set(work.name, await compare({ running, work, upstream }, options));
    }
    return results;
  } finally {
    await Promise.all(running.map(({ process }) => process.stop()));
  }
}

interface Comparison {
  readonly running: readonly Running[];
  readonly work: Work;
  readonly upstream: Upstream;
}

/** Every server does a piece of work in turn, so that what else the machine does befalls all alike. */
async function compare(
  { running, work, upstream }: Comparison,
  { rounds, milliseconds }: Options,
): Promise<Row> {
  const kept = running.map((server) => ({ server, one: [] as Measured[], many: [] as Measured[] }));
  for (const { server } of kept) await measure(server, connections.many, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const { server, one, many } of kept) {
      one.push(await measure(server, connections.one, milliseconds / 2));
      many.push(await measure(server, connections.many, milliseconds));
    }
  }
  return Object.fromEntries(
    kept.map(({ server, one, many }) => [
      server.name,
      { one: summarise(one), many: summarise(many), rounds: many.map(({ cpu }) => cpu) },
    ]),
  );

  async function measure(
    { origin, process, speaksGraphQL }: Running,
    connections: number,
    milliseconds: number,
  ): Promise<Measured> {
    const [before, askedBefore] = await Promise.all([process.usage(), upstream.process.asked()]);
    const client = speaksGraphQL ? work.graphql : work.rest;
    const heard = await load({ origin, connections, milliseconds, client });
    const [after, asked] = await Promise.all([process.usage(), upstream.process.asked()]);
    return toMeasured(heard, {
      ...after,
      cpu: after.cpu - before.cpu,
      asked: asked.requests - askedBefore.requests,
      rows: asked.rows - askedBefore.rows,
    });
  }
}
