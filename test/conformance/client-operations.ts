import { createVariables } from '../support/new-call.ts';
import type { Product } from '../support/product.ts';

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
export async function allCalls({ ask }: Product): Promise<string[]> {
  const { data } = await ask<{ calls: { nodes: { id: string }[] } }>(
    '{ calls(first: 500) { nodes { id } } }',
  );
  return data.calls.nodes.map(({ id }) => id);
}

/** An input for `createCall` that the sandbox accepts. */
export const callToPlace = createVariables('connect-sandbox').input;

/** Has every carrier refuse reads, until what is given back is called. */
export function takeAllDown({ bandwidth, connect, sbc }: Product): () => void {
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
