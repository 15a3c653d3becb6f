import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * Ends, once the server closes, every connection on which no request is under way. Node itself passes over
 * those on which nothing has come yet (browsers open them on suspicion) or half a request, and the process
 * would wait for them until it is killed.
 */
export function closeUnused(app: FastifyInstance): void {
  /** How many requests are under way on each: with pipelining there may be several. */
  const connections = new Map<Socket, number>();
  const count = (socket: Socket, change: number): void => {
    const requests = connections.get(socket);
    if (requests !== undefined) connections.set(socket, Math.max(0, requests + change));
  };
  app.server.on('connection', (socket: Socket) => {
    connections.set(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });
  // The first hook behind the reading of the body: only then is there a request to be answered.
  app.addHook('preValidation', ({ raw }, _, done) => {
    count(raw.socket, 1);
    done();
  });
  app.addHook('onResponse', ({ raw }, _, done) => {
    count(raw.socket, -1);
    done();
  });
  app.addHook('preClose', async () => {
    // Answers leave at the end of this turn of the event loop, and what has arrived meanwhile is read in the next.
    await nextTurn();
    await nextTurn();
    for (const [socket, requests] of connections) if (requests === 0) socket.destroy();
  });
}
