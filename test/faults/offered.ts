import { Pool } from 'undici';

export interface Offer {
  readonly origin: string;
  /** As many requests at a time, each of which asks again when it has its answer. */
  readonly connections: number;
  /** Requests a second that are to be made; those that find no connection free are not. Unlimited when absent. */
  readonly perSecond?: number;
  /** The body of the n-th request. */
  readonly body: (n: number) => string;
}

export interface Served {
  /** Answers, whatever they said. */
  readonly requests: number;
  /** Answers with data and without errors. */
  readonly perSecond: number;
  /** Requests that found all connections taken, and were not made. */
  readonly notAsked: number;
  /** How many answers had this code; `ok` for none. */
  readonly codes: Readonly<Record<string, number>>;
  /** Milliseconds from sending to the whole answer; but for the slowest, of those with data alone. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
}

/** Offers a load for so many milliseconds, and waits for the last answer. */
export async function offer(
  { origin, connections, perSecond, body }: Offer,
  milliseconds: number,
): Promise<Served> {
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 60_000 });
  const latencies: number[] = [];
  const codes: Record<string, number> = {};
  let requests = 0;
  let slowest = 0;
  let made = 0;
  let notAsked = 0;
  // Many connections at once take a second where one has to be asked for twice: no request is to wait for that.
  await Promise.all(Array.from({ length: connections }, () => greet(pool)));
  const began = performance.now();
  const until = began + milliseconds;
  const ask = async () => {
    const from = performance.now();
    made += 1;
    const answer = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: body(made),
    });
    const text = await answer.body.text();
    const code = /"code":"(\w+)"/.exec(text)?.[1] ?? 'ok';
    codes[code] = (codes[code] ?? 0) + 1;
    const took = performance.now() - from;
    slowest = Math.max(slowest, took);
    requests += 1;
    if (code === 'ok') latencies.push(took);
  };
  if (perSecond === undefined) {
    const loop = async () => {
      while (performance.now() < until) await ask();
    };
    await Promise.all(Array.from({ length: connections }, loop));
  } else {
    const underWay = new Set<Promise<void>>();
    for (let due = 0; performance.now() < until; ) {
      const wanted = Math.floor(((performance.now() - began) / 1000) * perSecond);
      for (; due < wanted; due += 1) {
        if (underWay.size >= connections) notAsked += 1;
        else {
          const asking: Promise<void> = ask().finally(() => underWay.delete(asking));
          underWay.add(asking);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(underWay);
  }
  await pool.close();
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const inTime = (1000 * latencies.length) / Math.max(milliseconds, performance.now() - began);
  return {
    requests,
    perSecond: Math.round(inTime),
    notAsked,
    codes,
    p50: at(0.5),
    p99: at(0.99),
    slowest: Math.round(slowest),
  };
}

async function greet(pool: Pool): Promise<void> {
  const body = '{"query":"{ __typename }"}';
  const headers = { 'content-type': 'application/json' };
  const answer = await pool.request({ method: 'POST', path: '/graphql', headers, body });
  await answer.body.dump();
}
