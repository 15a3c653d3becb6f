import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';

/** What is used of the modules; the build makes them, so that their types are not at hand here. */
interface Modules {
  readonly registry: unknown;
  readonly sandboxKeys: readonly string[];
  readConfig(registry: unknown, given: object, env: object, keys: readonly string[]): object;
  withAccounts(config: object, registry: unknown, accounts: readonly object[]): object;
  startSandbox(options: object): Promise<{
    readonly accounts: readonly object[];
    readonly connect: { readonly journal: readonly { readonly method: string; readonly body: string }[] };
    close(): Promise<void>;
  }>;
  createServer(config: object): Promise<{
    readonly app: { listen(at: object): Promise<string> };
    close(): Promise<void>;
  }>;
}

/** Below `src`, and `dist` once built. */
export const proxyModules = ['adapters/registry', 'config/config', 'sandbox/index', 'server/create-server'];

/** Milliseconds, as medians. */
export interface Proxied {
  /** Of a callback to the application itself. */
  readonly direct: number;
  /** Of the same by way of this server, which translates event and document. */
  readonly proxied: number;
}

const bxml = (url: string) =>
  `<Bxml><Gather gatherUrl="${url}" maxDigits="1" repeatCount="2"><SpeakSentence>Press one.</SpeakSentence></Gather></Bxml>`;
const fields = { CallSid: 'ID1-CA1', From: '+12015550100', To: '+12015550101', Digits: '1' };
const form = `${new URLSearchParams({ ...fields, Direction: 'outbound-api', CallStatus: 'in-progress' })}`;

/** How long a callback of a hosted document takes, with a document that differs each time. */
export async function measureProxy(count = 2_000): Promise<Proxied> {
  const loaded = await Promise.all(
    proxyModules.map((file) => import(new URL(`../${file}.js`, import.meta.url).href)),
  );
  const built: Modules = Object.assign({}, ...loaded);
  let answered = 0;
  const application = createServer((asked, response) => {
    asked.resume().on('end', () => response.end(bxml(`next/${answered++}`)));
  });
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(application.address() as AddressInfo).port}/`;
  const sandbox = await built.startSandbox({ calls: 0 });
  const silent = { LOG_LEVEL: 'silent' };
  const read = built.readConfig(built.registry, { sandbox: true }, silent, built.sandboxKeys);
  const server = await built.createServer(built.withAccounts(read, built.registry, sandbox.accounts));
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const dispatcher = new Agent();
  const send = async (to: string, body: string, type: string) => {
    const options = { dispatcher, method: 'POST', headers: { 'content-type': type }, body } as const;
    return (await request(to, options)).body.text();
  };
  const ask = async (query: string) =>
    JSON.parse(await send(`${url}/graphql`, JSON.stringify({ query }), 'application/json')).data;
  const callBack = (to: string) => send(to, form, 'application/x-www-form-urlencoded');
  const { accounts } = await ask('{ accounts { id key } }');
  const { id } = accounts.find(({ key }: { key: string }) => key === 'connect-sandbox');
  const document = `{ bxml: ${JSON.stringify(bxml(origin))}, onLoss: ACCEPT }`;
  const input = `{ accountId: "${id}", from: "+12015550100", to: "+12015550101", document: ${document} }`;
  await ask(`mutation { createCall(input: ${input}) { userErrors { code } } }`);
  const { body = '' } = sandbox.connect.journal.filter(({ method }) => method === 'POST').at(-1) ?? {};
  const first = await callBack(new URLSearchParams(body).get('Url') ?? '');
  const callback = /action="([^"]+)"/.exec(first)?.[1] ?? '';
  const median = async (to: string) => {
    const times: number[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const began = performance.now();
      await callBack(to);
      times.push(performance.now() - began);
    }
    return times.sort((a, b) => a - b)[count >> 1] ?? 0;
  };
  // The first round compiles.
  await median(callback);
  const figures = { direct: await median(origin), proxied: await median(callback) };
  await dispatcher.close();
  await server.close();
  await sandbox.close();
  application.close();
  return figures;
}
