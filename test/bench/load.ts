import { Pool } from 'undici';

/** One request; the path counts from the server's own address. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** What one client asks, one after another; is told each answer where that decides about the next. */
export interface Client {
  next(): Asked;
  /** Whether there is more to ask for after this answer. */
  readonly hear?: (answer: string) => boolean;
}

export interface Load {
  readonly origin: string;
  readonly connections: number;
  readonly milliseconds: number;
  /** Of so many clients, each with its number from 0. */
  readonly client: (number: number) => Client;
}

export interface Heard {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: Float64Array;
}

/** An answer of GraphQL's with errors, or with errors of the user's. */
export const failed = /"(?:errors|userErrors)":\[\{/;

/** Asks on so many connections for so long, each asking again as soon as it has an answer. */
export async function load({ origin, connections, milliseconds, client }: Load): Promise<Heard> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + milliseconds;
  const work = async (_: unknown, number: number) => {
    const { next, hear } = client(number);
    for (;;) {
      const asked = next();
      const from = performance.now();
      if (from >= until) return;
      const { statusCode, body } = await pool.request({ ...asked, body: asked.body ?? null });
      if (statusCode >= 300) throw new Error(`${asked.path} answered ${statusCode}: ${await body.text()}`);
      const answer = await body.text();
      latencies.push(performance.now() - from);
      // Turning work away is cheap.
      if (failed.test(answer)) throw new Error(`${asked.path} failed: ${answer.slice(-1000)}`);
      hear?.(answer);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return { requests: latencies.length, seconds, latencies: Float64Array.from(latencies).sort() };
}

/** One answer, for a look at it. */
export async function ask(origin: string, asked: Asked): Promise<string> {
  const response = await fetch(origin + asked.path, { ...asked, body: asked.body ?? null });
  return response.text();
}
