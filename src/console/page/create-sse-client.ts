import { type Client, createClient } from 'graphql-sse';
import { endpoint } from './endpoint.ts';

interface SseOptions {
  readonly headers: () => Record<string, string>;
  /** The server has accepted the subscription. */
  readonly onOpen: () => void;
  /** Something has come: results, or a heartbeat, which the client skips. */
  readonly onBytes: () => void;
}

/** A client for one attempt: a lost connection ends its subscription with an error. */
export function createSseClient({ headers, onOpen, onBytes }: SseOptions): Client {
  return createClient({
    url: endpoint,
    headers,
    retryAttempts: 0,
    fetchFn: async (input: RequestInfo, init: RequestInit) => {
      const response = await fetch(input, init);
      if (!response.ok || response.body === null) return response;
      onOpen();
      const heard = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          onBytes();
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(heard), response);
    },
  });
}
