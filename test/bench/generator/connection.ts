import { connect, type Socket } from 'node:net';

/**
 * One connection of HTTP/1.1 that knows no more of it than the generator needs, and so costs next to
 * nothing: one request at a time, and answers that say how long they are.
 */
export class Connection {
  isUsable = true;
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Bytes of the whole answer, once its head is there. */
  #length: number | undefined;
  #onAnswer: ((answer: Buffer | undefined) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#add(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.isUsable = false;
      this.#end(undefined);
    });
  }

  /** @param onAnswer is given the bytes of the answer, head and all; nothing where there is no whole one */
  send(text: string, onAnswer: (answer: Buffer | undefined) => void): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(text);
  }

  #add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.#length ??= this.#readLength();
    if (this.#length === undefined || this.#bytes < this.#length) return;
    const answer = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#bytes = 0;
    this.#length = undefined;
    this.#end(answer);
  }

  #readLength(): number | undefined {
    const text = Buffer.concat(this.#chunks).toString('latin1');
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return undefined;
    const body = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head))?.[1];
    if (/\r\nconnection: *close/i.test(text.slice(0, head))) this.isUsable = false;
    if (body !== undefined) return head + 4 + Number(body);
    this.#socket.destroy(new Error('an answer that does not say how long it is'));
    return undefined;
  }

  #end(answer: Buffer | undefined): void {
    const onAnswer = this.#onAnswer;
    this.#onAnswer = undefined;
    onAnswer?.(answer);
  }
}
