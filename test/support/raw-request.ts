import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection to this server on which text is sent: a whole request, or a part of one. */
export async function openSocket(url: string, text = ''): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** The text of a POST of this operation. */
export function requestText(
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): string {
  const body = JSON.stringify({ query, variables });
  const all = {
    host: 'localhost',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
