import { EventEmitter } from 'node:events';
import type { Connection } from '../create-context-of.ts';

/** Stands for the response of an operation that has none of its own. */
export class StreamConnection extends EventEmitter implements Connection {
  destroyed = false;
  writableFinished = false;

  /** The operation has its result. */
  end(): void {
    this.writableFinished = true;
    this.emit('close');
  }

  /** The client has left. */
  abort(): void {
    if (this.writableFinished) return;
    this.destroyed = true;
    this.emit('close');
  }
}
