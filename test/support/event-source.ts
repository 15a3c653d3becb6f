import { type IncomingMessage, request } from 'node:http';

/** An event as a browser's `EventSource` dispatches it. */
export interface ServerSentEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

export interface EventSourceOptions {
  readonly method?: 'GET' | 'POST';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A stream of server-sent events, read as the standard says (HTML, section 9.2.6), on a connection of its own. */
export async function openEventSource(url: string, options: EventSourceOptions = {}) {
  const { method = options.body ? 'POST' : 'GET', body, headers } = options;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request(url, {
      method,
      agent: false,
      headers: { accept: 'text/event-stream', ...json, ...headers },
    });
    sent
      .on('response', resolve)
      .on('error', reject)
      .end(body && JSON.stringify(body));
  });
  response.on('error', () => undefined);
  const events = readEvents(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    /** The next event; undefined at the end. */
    next: async () => (await events.next()).value ?? undefined,
    /** The next so many results. */
    async results<Result>(count: number): Promise<Result[]> {
      const results: Result[] = [];
      while (results.length < count) {
        const { value } = await events.next();
        if (value === undefined) break;
        if (value.event === 'next') results.push(JSON.parse(value.data));
      }
      return results;
    },
    text: async () => {
      let text = '';
      for await (const chunk of response) text += chunk;
      return text;
    },
    pause: () => response.pause(),
    close: () => response.destroy(),
  };
}

async function* readEvents(response: IncomingMessage): AsyncGenerator<ServerSentEvent, undefined> {
  let [text, event, id, data] = ['', '', undefined as string | undefined, undefined as string | undefined];
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += chunk;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (line === '' && data !== undefined) {
        yield { event, id, data };
        [event, data] = ['', undefined];
      } else if (field === 'event') event = value;
      else if (field === 'id') id = value;
      else if (field === 'data') data = data === undefined ? value : `${data}\n${value}`;
    }
  }
  return undefined;
}
