import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * Closes, when the server closes, every connection without a pending request. Node keeps connections that have sent
 * nothing yet (browsers open them speculatively) or only part of a request, and the process would wait for them until
 * it is killed.
 */
export function closeIdleConnections(app: FastifyInstance): void {
  /** The number of pending requests of each connection, several with pipelining. */
  const connections = new Map<Socket, number>();
  const count = (socket: Socket, change: number): void => {
    const requests = connections.get(socket);
    if (requests !== undefined) connections.set(socket, Math.max(0, requests + change));
  };
  app.server.on('connection', (socket: Socket) => {
    connections.set(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });
  // The first hook after the body has been read: from here on the request will be answered.
  app.addHook('preValidation', ({ raw }, _, done) => {
    count(raw.socket, 1);
    done();
  });
  app.addHook('onResponse', ({ raw }, _, done) => {
    count(raw.socket, -1);
    done();
  });
  app.addHook('preClose', async () => {
    // Responses are flushed at the end of this turn of the event loop; requests received meanwhile are read in the next.
    await nextTurn();
    await nextTurn();
    for (const [socket, requests] of connections) if (requests === 0) socket.destroy();
  });
}
