import { accountId, type Facade } from '../server/facade.ts';

/** The part of a connection that clients page by. */
export interface Connection {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** The payload of `createCall` and of `updateCall`. */
export interface Payload {
  readonly call: { readonly id: string; readonly status: string };
  readonly userErrors: readonly unknown[];
}

/** The ids of all calls, newest first, asked for at once: what a client that pages must come to. */
export async function allCalls({ ask }: Facade): Promise<string[]> {
  const { data } = await ask<{ calls: { nodes: { id: string }[] } }>(
    '{ calls(first: 500) { nodes { id } } }',
  );
  return data.calls.nodes.map(({ id }) => id);
}

/** An input for `createCall` that the sandbox accepts. */
export const callToPlace = {
  accountId: accountId('connect-sandbox'),
  from: '+19195550100',
  to: '+19195550123',
  answerUrl: 'https://example.com/answer',
};

/** Has every carrier refuse reads, until what is given back is called. */
export function takeAllDown({ sandbox: { bandwidth, connect, sbc } }: Facade): () => void {
  const undo = [bandwidth, connect, sbc].map(({ faults }) =>
    faults.add({
      when: { method: 'GET' },
      do: { kind: 'status', status: 429, headers: { 'Retry-After': '60' } },
    }),
  );
  return () => {
    for (const each of undo) each();
  };
}
