import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { post, send } from '../support/post.ts';
import { killServers, runServer } from '../support/run-server.ts';

afterEach(killServers);

const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const hooks = dataUrl(`export async function resolve(specifier, context, next) {
  if (!/^(prom-client|@opentelemetry\\/api)$/.test(specifier)) return next(specifier, context);
  throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' });
}`);
/** The server as modules, for which the optional packages are not installed. */
const bare = {
  program: 'dist/main.js',
  node: ['--import', dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(hooks)});`)],
};

const metricsIn = (output: string) => /http:\S+\/metrics/.exec(output)?.[0] ?? '';

describe('a process', () => {
  it('says where its metrics are, and needs nothing beside the bundle for them', async () => {
    const server = await runServer({ file: 'metrics: { port: 0 }' });
    await post(server.url, '{ accounts { key } }');
    const { text } = await send(metricsIn(server.output()));
    expect(text).toContain('calls_operation_duration_seconds_count{type="query"} 1\n');
    expect(await server.stop()).toBe(0);
  });

  it('says that the port of its metrics is taken, and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const server = await runServer({ file: { metrics: { port } } });
    expect(await server.ended).toBe(1);
    expect(server.output()).toBe(
      `Cannot listen on 127.0.0.1:${port} (metrics): the port is in use (EADDRINUSE).\n`,
    );
    other.close();
  });

  it('says that it cannot serve metrics without prom-client', async () => {
    const server = await runServer({ ...bare, file: 'metrics: { port: 0 }' });
    expect(await server.ended).toBe(2);
    expect(server.output()).toMatch(/^metrics: needs the package prom-client, which is not installed/m);
  });

  it('needs none of the optional packages otherwise', async () => {
    const server = await runServer(bare);
    for (const _ of [1, 2, 3]) {
      const { data } = await post(server.url, '{ calls(first: 1) { nodes { id } unavailable { code } } }');
      expect(data).toMatchObject({ calls: { nodes: [{}], unavailable: [] } });
    }
    expect(await server.stop()).toBe(0);
  });
});
