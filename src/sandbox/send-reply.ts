import type { ServerResponse } from 'node:http';

/** A response of a carrier. */
export interface Reply {
  readonly status: number;
  /** The reason phrase, if it is not the standard one. */
  readonly reason?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Schedules an action after real milliseconds. It is cancelled when the server closes. */
export type Later = (milliseconds: number, action: () => void) => void;

/** Writes status and headers, with the length of the complete body. */
function writeHead(response: ServerResponse, reply: Reply, length: number): void {
  const bodiless = reply.status === 204 || reply.status === 304;
  const headers = bodiless ? reply.headers : { ...reply.headers, 'Content-Length': String(length) };
  if (reply.reason === undefined) response.writeHead(reply.status, headers);
  else response.writeHead(reply.status, reply.reason, headers);
}

/** Sends a complete response. */
export function send(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body);
  writeHead(response, reply, body.length);
  response.end(body);
}

/** Sends a response whose JSON is truncated; its length is that of the truncated body. */
export function sendBroken(response: ServerResponse, reply: Reply): void {
  const half = reply.body.slice(0, Math.ceil(reply.body.length / 2));
  send(response, { ...reply, body: half === '' ? '{"' : half });
}

/** Announces the complete body, sends half of it and resets the socket. */
export function sendHalf(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body === '' ? '{}' : reply.body);
  writeHead(response, { ...reply, status: reply.status === 204 ? 200 : reply.status }, body.length);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/** Sends the body at a constant rate, as evenly as timers allow. */
export function sendDripping(
  response: ServerResponse,
  reply: Reply,
  bytesPerSecond: number,
  later: Later,
): void {
  const body = Buffer.from(reply.body);
  const interval = Math.max(20, 1000 / bytesPerSecond);
  const share = Math.max(1, Math.round((bytesPerSecond * interval) / 1000));
  writeHead(response, reply, body.length);
  response.flushHeaders();
  const drip = (from: number) => {
    if (response.destroyed) return;
    if (from >= body.length) {
      response.end();
      return;
    }
    response.write(body.subarray(from, from + share));
    later(interval, () => drip(from + share));
  };
  later(interval, () => drip(0));
}

/** Sends the beginning of a JSON array followed by endless white space, as fast as the client reads. */
export function sendEndless(response: ServerResponse): void {
  const blank = Buffer.alloc(65_536, ' ');
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.write('[');
  const pour = () => {
    if (response.destroyed) return;
    if (response.write(blank)) setImmediate(pour);
    else response.once('drain', pour);
  };
  pour();
}
