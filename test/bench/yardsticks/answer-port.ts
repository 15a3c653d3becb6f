import type { Server } from 'node:http';

/** Listens on any port and tells the parent process which. */
export function answerPort(server: Server): void {
  server.listen(0, '127.0.0.1', () => tellPort(server));
}

export function tellPort(server: Server): void {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
}
