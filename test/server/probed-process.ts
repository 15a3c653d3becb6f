import { once } from 'node:events';
import { runServer } from '../support/run-server.ts';

/** What the server's process has done since it was last asked. */
export interface Load {
  /** Processor time of all its threads, in milliseconds. */
  readonly cpu: number;
  /** The longest that its event loop was held, in milliseconds: on a busy machine that is mostly others' doing. */
  readonly delay: number;
}

/** Runs in the server's process. A full collection makes V8 forget code, so that it is asked for by itself. */
const probe = `
  import { monitorEventLoopDelay } from 'node:perf_hooks';
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let began = process.cpuUsage();
  const load = () => {
    const { user, system } = process.cpuUsage(began);
    const { max } = delay;
    delay.reset();
    began = process.cpuUsage();
    return { cpu: (user + system) / 1000, delay: max / 1e6 };
  };
  const held = () => {
    gc();
    // Buffers are freed only in the collection after it.
    gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const spin = () => {
    let sum = 0;
    for (let i = 0; i < 1e7; i += 1) sum += i % 7;
    return sum;
  };
  process.on('message', (what) => {
    if (what === 'spin') spin();
    // In the next turn: the delay of this one is not known yet.
    setTimeout(() => process.send(what === 'held' ? held() : load()), 5);
  });
  process.channel.unref();
`;

export interface ProbedProcess {
  readonly url: string;
  load(): Promise<Load>;
  /** The same after some work of always the same size. */
  spin(): Promise<Load>;
  /** The bytes that are in use after a full collection. */
  held(): Promise<number>;
  /** The exit code, or undefined while it runs. */
  ended(): number | string | undefined;
  stop(): Promise<void>;
}

/**
 * The process that `npm start` runs, in production, on an account of a carrier that is not there.
 *
 * @param flags for V8
 */
export async function startProbed(file: object, flags: readonly string[] = []): Promise<ProbedProcess> {
  const nowhere = 'http://127.0.0.1:9';
  const account = {
    key: 'nowhere',
    provider: 'bandwidth',
    accountId: '9900000',
    baseUrl: nowhere,
    tokenUrl: nowhere,
    auth: { clientId: 'a', clientSecret: 'b' },
  };
  const probing = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(probe)}`];
  const server = await runServer({
    file: { accounts: [account], access: 'open', ...file },
    env: { NODE_ENV: 'production' },
    node: [...flags, ...probing],
    ipc: true,
  });
  const { process: child, url } = server;
  if (url === '') throw new Error(`It ended: ${server.output()}`);
  const ask = async (what: string) => {
    child.send(what);
    const [answer] = await once(child, 'message');
    return answer;
  };
  return {
    url,
    load: () => ask('load'),
    spin: () => ask('spin'),
    held: () => ask('held'),
    ended: () => child.exitCode ?? child.signalCode ?? undefined,
    stop: async () => {
      await server.stop();
    },
  };
}
