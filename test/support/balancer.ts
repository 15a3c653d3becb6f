import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What leads connections to servers, as a load balancer does that does not know which of them are up. */
export interface Balancer {
  readonly url: string;
  /** Cuts all connections. */
  cut(): void;
  close(): void;
}

/** Leads each connection to the next port in turn. One that cannot be connected is closed. */
export async function startBalancer(path: string, ...ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const proxy = createServer((client) => {
    const upstream = connect(ports[connections++ % ports.length] ?? 0, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
    }
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${path}`,
    cut,
    close() {
      proxy.close();
      cut();
    },
  };
}
