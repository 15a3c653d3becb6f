import { Pool } from 'undici';
import { createManualClock, startConnect } from '../../src/sandbox/index.ts';
import { connectSettings } from '../support/carrier-accounts.ts';
import { callId } from '../support/client-ids.ts';
import { eventually, pause } from '../support/eventually.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import { send } from '../support/post.ts';
import { startRedis } from '../support/redis-server.ts';
import { type RunningServer, runServer } from '../support/run-server.ts';
import { writesIn } from '../support/writes-in.ts';

export interface RestartOptions {
  /** How many times a replica is restarted, one of three after the other. */
  readonly restarts: number;
  /** Requests a second, as long as few are pending; every tenth one places a call with a key of its own. */
  readonly perSecond: number;
  /** `shutdown.delay`; if absent, it ends once the balancer has no more requests at a replica that is not ready. */
  readonly delay?: string;
}

export interface RestartReport {
  readonly requests: number;
  readonly creates: number;
  /** How many answers had this code, or this error of the connection; `ok` for none. */
  readonly codes: Readonly<Record<string, number>>;
  /** Keys whose call was sent to the provider, and how often at most. */
  readonly placed: number;
  readonly mostSent: number;
  /** Exit codes of the replicas that were restarted. */
  readonly exits: readonly (number | null)[];
  /** Requests a second that were made: fewer than wanted on a machine that is too slow for them. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly slowest: number;
}

/** Restarts three replicas one after the other under load, behind a balancer that asks each whether it is ready. */
export async function restartUnderLoad({
  restarts,
  perSecond,
  delay,
}: RestartOptions): Promise<RestartReport> {
  const carrier = await startConnect({ clock: createManualClock(Date.now()), seed: { calls: 20, seed: 1 } });
  const redis = await startRedis(undefined, '--appendonly', 'yes');
  const file = {
    accounts: [{ key: 'connect', provider: 'restcomm', ...connectSettings(carrier) }],
    store: { url: redis.url, strict: true },
    shutdown: { delay: delay ?? '1h' },
  };
  const start = async () => new Replica(await runServer({ file, env: { LOG_LEVEL: 'warn' } }));
  const replicas = await Promise.all([start(), start(), start()]);
  const known = callId('connect', carrier.calls[0]?.sid ?? '');
  const load = new Load(replicas, perSecond, (n) => bodyOf(n, known));
  const exits: (number | null)[] = [];
  for (let restarted = 0; restarted < restarts; restarted += 1) {
    const old = replicas[restarted % 3] as Replica;
    exits.push(await old.stop(delay === undefined));
    replicas[restarted % 3] = await start();
    await pause(200);
  }
  const report = await load.end();
  await Promise.all(replicas.map((replica) => replica.stop(true)));
  const sent = new Map<string, number>();
  for (const { body } of writesIn(carrier.journal)) {
    const to = new URLSearchParams(body).get('To') ?? '';
    sent.set(to, (sent.get(to) ?? 0) + 1);
  }
  await Promise.all([carrier.close(), redis.stop()]);
  return { ...report, placed: sent.size, mostSent: Math.max(...sent.values()), exits };
}

const lookUp = 'query ($id: ID!) { call(id: $id) { id status } }';

/** Each create dials a number of its own. */
function bodyOf(n: number, id: string): string {
  if (n % 10 !== 0) return JSON.stringify({ query: lookUp, variables: { id } });
  const to = `+1919${String(n).padStart(7, '0')}`;
  const variables = createVariables('connect', { to, idempotencyKey: `order-${n}` });
  return JSON.stringify({ query: createQuery, variables });
}

/** A process with the balancer's connections to it, and whether it said lately that it is ready. */
class Replica {
  readonly server: RunningServer;
  readonly pool: Pool;
  isReady = true;
  /** Requests that it has not answered. */
  pending = 0;
  #isClosed = false;

  constructor(server: RunningServer) {
    this.server = server;
    this.pool = new Pool(new URL(server.url).origin, { pipelining: 1 });
    void this.#probe();
  }

  async #probe(): Promise<void> {
    const readyz = new URL('/readyz', this.server.url).href;
    while (!this.#isClosed) {
      this.isReady = await send(readyz).then(
        ({ status }) => status === 200,
        () => false,
      );
      await pause(100);
    }
  }

  /**
   * @param isCut whether its delay is ended once it is not ready and has answered all requests
   * @returns the exit code
   */
  async stop(isCut: boolean): Promise<number | null> {
    this.server.process.kill('SIGTERM');
    await eventually(() => !this.isReady && this.pending === 0, 60_000);
    if (isCut) this.server.process.kill('SIGTERM');
    const code = await this.server.ended;
    this.#isClosed = true;
    await this.pool.close();
    return code;
  }
}

/** Requests that wait for their answers. With more, the server is overloaded and may refuse some. */
const maxPending = 50;

/** Requests to the replicas that are ready, in turn. */
class Load {
  readonly #replicas: readonly Replica[];
  readonly #bodyOf: (n: number) => string;
  readonly #pending = new Set<Promise<void>>();
  readonly #codes: Record<string, number> = {};
  readonly #timer: NodeJS.Timeout;
  readonly #began = performance.now();
  #made = 0;
  #slowest = 0;

  constructor(replicas: readonly Replica[], perSecond: number, bodyOf: (n: number) => string) {
    this.#replicas = replicas;
    this.#bodyOf = bodyOf;
    this.#timer = setInterval(() => {
      const due = ((performance.now() - this.#began) / 1000) * perSecond;
      while (this.#made < due && this.#pending.size < maxPending) this.#make();
    }, 5);
  }

  async end(): Promise<Omit<RestartReport, 'placed' | 'mostSent' | 'exits'>> {
    clearInterval(this.#timer);
    await Promise.all(this.#pending);
    const requests = this.#made;
    return {
      requests,
      creates: Math.floor(requests / 10),
      codes: this.#codes,
      perSecond: Math.round((1_000 * requests) / (performance.now() - this.#began)),
      slowest: Math.round(this.#slowest),
    };
  }

  #make(): void {
    this.#made += 1;
    const n = this.#made;
    const ready = this.#replicas.filter(({ isReady }) => isReady);
    const asking: Promise<void> = this.#ask(ready[n % ready.length], this.#bodyOf(n)).finally(() =>
      this.#pending.delete(asking),
    );
    this.#pending.add(asking);
  }

  async #ask(replica: Replica | undefined, body: string): Promise<void> {
    if (replica === undefined) throw new Error('No replica is ready.');
    replica.pending += 1;
    const from = performance.now();
    const headers = { 'content-type': 'application/json' };
    const code = await replica.pool
      .request({ method: 'POST', path: '/graphql', headers, body })
      .then((answer) => answer.body.text())
      .then(
        (text) => /"code":"(\w+)"/.exec(text)?.[1] ?? (text.startsWith('{"data":') ? 'ok' : text),
        (error: Error) => ('code' in error ? String(error.code) : error.message),
      );
    replica.pending -= 1;
    this.#codes[code] = (this.#codes[code] ?? 0) + 1;
    this.#slowest = Math.max(this.#slowest, performance.now() - from);
  }
}
