import type { Asked } from '../load.ts';
import { Connection } from './connection.ts';

/** `served` is a 200 without errors, `shed` a 503. */
export type Outcome = 'served' | 'shed' | 'failed';

/** As many connections as there are requests waiting, each used again when it is free. */
export class Connections {
  /** Opened so far. */
  count = 0;
  /** Requests without an answer. */
  waiting = 0;
  readonly #port: number;
  readonly #free: Connection[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  send(asked: Asked, onOutcome: (outcome: Outcome) => void): void {
    const connection = this.#take();
    this.waiting += 1;
    connection.send(toText(asked), (answer) => {
      this.waiting -= 1;
      if (connection.isUsable) this.#free.push(connection);
      onOutcome(toOutcome(answer));
    });
  }

  #take(): Connection {
    for (;;) {
      const connection = this.#free.pop();
      if (connection?.isUsable) return connection;
      if (connection !== undefined) continue;
      this.count += 1;
      return new Connection(this.#port);
    }
  }
}

function toText({ method, path, headers, body = '' }: Asked): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = `content-length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}${length}\r\n${body}`;
}

function toOutcome(answer: Buffer | undefined): Outcome {
  const status = answer?.toString('latin1', 9, 12);
  if (status === '503') return 'shed';
  return status === '200' && !answer?.includes('"errors":[{') ? 'served' : 'failed';
}
