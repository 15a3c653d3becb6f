import type { WebSocket } from '@fastify/websocket';
import type { Peer, RequestHeaders } from '../../access/authenticate.ts';
import type { ResultStream } from './result-stream.ts';
import { beatInterval } from './stream-body.ts';
import type { StreamConnection } from './stream-connection.ts';

/** Bytes that the client has not read, above which no more of its messages are taken. */
const maxUnread = 256 * 1024;

interface UpgradeRequest {
  readonly headers: RequestHeaders;
  readonly socket: Peer;
}

/** The state of one client's WebSocket. It is cut at the second beat that finds the pings before it unanswered. */
export class WebSocketConnection {
  readonly socket: WebSocket;
  /** Those of the upgrade, with the credentials that the client has sent since. */
  headers: RequestHeaders;
  readonly peer: Peer;
  readonly streams = new Set<ResultStream>();
  /** Operations that have no result yet. */
  readonly pending = new Set<StreamConnection>();
  readonly #beats: NodeJS.Timeout;
  #unanswered = 0;

  constructor(socket: WebSocket, { headers, socket: peer }: UpgradeRequest) {
    this.socket = socket;
    this.headers = headers;
    this.peer = peer;
    this.#beats = setInterval(() => void this.#beat(), beatInterval * 1000).unref();
    socket.on('pong', () => {
      this.#unanswered = 0;
    });
    socket.once('close', () => this.#onClose());
  }

  /** Resolves once the socket has taken the text, so that a slow reader stops the source. */
  send(text: string): Promise<void> {
    const { socket } = this;
    return new Promise((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      socket.send(text, (error) => {
        if (socket.isPaused && socket.bufferedAmount <= maxUnread) socket.resume();
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** Call it at each message: each one is answered, whether the client reads the answers or not. */
  pauseIfUnread(): void {
    if (this.socket.bufferedAmount > maxUnread) this.socket.pause();
  }

  async #beat(): Promise<void> {
    if (this.#unanswered >= 2) {
      for (const stream of this.streams) stream.end('slow reader');
      this.socket.terminate();
      return;
    }
    this.#unanswered += 1;
    this.socket.ping();
    for (const stream of [...this.streams]) await stream.beat(beatInterval);
  }

  #onClose(): void {
    clearInterval(this.#beats);
    for (const stream of [...this.streams]) stream.end('client');
    for (const connection of this.pending) connection.abort();
  }
}
