import { type IncomingHttpHeaders, request } from 'node:http';

/** What a client got: nothing of it is read unless a test asks. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Milliseconds from asking to the last byte. */
  readonly took: number;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** From which address it is sent. */
  readonly localAddress?: string;
}

/** One request on a connection of its own, so that no pool of the test's outlives it. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body, localAddress }: Sent = {},
): Promise<Reply> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, headers, localAddress, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
          took: performance.now() - began,
        }),
      );
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

export interface GraphQLProblem {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly field?: readonly string[];
    readonly retryAfter?: number;
    readonly requestId?: string;
  };
}

export interface Answer<Data> extends Reply {
  readonly data: Data;
  readonly errors: readonly GraphQLProblem[];
  /** The code of the first error, or of the first of `userErrors`; undefined when all went well. */
  readonly code: string | undefined;
}

/** A GraphQL operation by POST. */
export async function post<Data>(
  url: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Data>> {
  const reply = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors: sent = [] } = JSON.parse(reply.text) as { data: Data; errors?: GraphQLProblem[] };
  const errors = sent.map(withoutRequestId);
  return { ...reply, data, errors, code: errors[0]?.extensions.code ?? userErrorIn(data) };
}

/** Each request has another id: a test that is about it reads `text`. */
function withoutRequestId({ extensions, ...error }: GraphQLProblem): GraphQLProblem {
  const { requestId: _, ...others } = extensions;
  return { ...error, extensions: others };
}

function userErrorIn(data: unknown): string | undefined {
  return /"userErrors":\[\{"code":"(\w+)"/.exec(JSON.stringify(data ?? null))?.[1];
}
