import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { accountId, pause } from './ask.ts';

/** A call's at Restcomm Connect. */
export const sid = (i: number) => `CA${String(i).padStart(32, '0')}`;
export const createQuery =
  'mutation ($input: CreateCallInput!) { createCall(input: $input) { userErrors { code } replayed call { id } } }';

export interface Created {
  readonly createCall: { readonly replayed: boolean };
}

/** The same call for the same number. */
export const newCall = (account: string, i: number, idempotencyKey?: string) => ({
  input: {
    accountId: accountId(account),
    from: '+19195550100',
    to: `+1919555${String(i).padStart(4, '0')}`,
    answerUrl: 'https://example.com/',
    idempotencyKey,
  },
});

/** A socket of its own on which a whole request, or a part of one, is sent. */
export async function dial(url: string, text = ''): Promise<Socket> {
  const { port } = new URL(url);
  const socket = connectSocket(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

export function request(query: string, variables: object = {}): string {
  const body = JSON.stringify({ query, variables });
  return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Waits for it, and tells whether it came to be. */
export const until = async (isSo: () => boolean | Promise<boolean>, milliseconds = 15_000) => {
  for (const end = performance.now() + milliseconds; performance.now() < end; await pause(10)) {
    if (await isSo()) return true;
  }
  return isSo();
};
