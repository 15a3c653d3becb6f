import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { post } from '../support/post.ts';
import { type RunningServer, runServer } from '../support/run-server.ts';

/** The built server on emulated carriers of this process, which it takes for real ones. */
export interface ConsoleServer {
  readonly url: string;
  readonly carriers: Sandbox;
  /** The running process. */
  readonly server: RunningServer;
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
  /** Another client places a call. */
  place(): Promise<{ readonly id: string; readonly from: string; readonly to: string }>;
  /** Another client ends a call. */
  hangUp(id: string): Promise<void>;
  /** Kills the process and starts another at the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startConsole(file: object = {}): Promise<ConsoleServer> {
  const carriers = await startSandbox({ calls: 240 });
  const run = (port: string) =>
    runServer({ file: { accounts: carriers.accounts, ...file }, env: { PORT: port } });
  let server = await run('0');
  if (server.url === '') throw new Error(`dist/bundle/main.js ended. Has it been built?\n${server.output()}`);
  const { url } = server;
  const ask: ConsoleServer['ask'] = async (query, variables) => {
    const { data, errors } = await post<Record<string, unknown>>(url, query, variables);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  };
  let placed = 0;
  return {
    url,
    carriers,
    get server() {
      return server;
    },
    ask,
    async place() {
      const [from, to] = ['+19195550100', `+1415555${1000 + placed++}`];
      const { accounts } = (await ask('{ accounts { id } }')) as { accounts: { id: string }[] };
      const input = { accountId: accounts[0]?.id, from, to, answerUrl: 'https://example.com/answer' };
      const { createCall } = (await ask(createCallMutation, { input })) as {
        createCall: { call: { id: string } };
      };
      return { id: createCall.call.id, from, to };
    },
    async hangUp(id) {
      await ask(hangUpMutation, { id });
    },
    async restart() {
      server.process.kill('SIGKILL');
      await server.ended;
      server = await run(new URL(url).port);
    },
    async stop() {
      await server.stop();
      await carriers.close();
    },
  };
}

const createCallMutation =
  'mutation ($input: CreateCallInput!) { createCall(input: $input) { call { id } } }';
const hangUpMutation =
  'mutation ($id: ID!) { updateCall(input: { id: $id, change: { end: HANG_UP } }) { call { status } } }';
