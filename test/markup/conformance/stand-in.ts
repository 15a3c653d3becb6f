import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Finding } from '../../../src/markup/finding.ts';
import type { CallbackReference } from '../../../src/markup/rcml/options.ts';
import { toRcml } from '../../../src/markup/to-rcml.ts';
import type { Application } from './generated-bxml.ts';

/**
 * A voice application and, in front of it for Restcomm, what hosts and translates its documents: as little as the
 * conformance of the translation needs.
 */
export interface StandIn {
  readonly origin: string;
  /** What was asked and told: `gather 12`, `recordComplete`, `transferComplete`, `redirect`, `transferAnswer`. */
  events: string[];
  findings: Finding[];
  serve(application: Application): void;
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  let documents: Application['documents'] = {};
  let references: (CallbackReference | { readonly rest: string; readonly tag: string | undefined })[] = [];
  const media: string[] = [];

  const bxmlOf = (path: string) => `<Bxml>${documents[path] ?? ''}</Bxml>`;
  const translate = (bxml: string, path: string, tag?: string) => {
    const keep = (entry: (typeof references)[number]) => references.push(entry) - 1;
    const { document, findings } = toRcml(bxml, {
      baseUrl: standIn.origin + path,
      tag,
      silenceUrl: `${standIn.origin}/silence.wav`,
      toCallbackUrl: (reference) => `${standIn.origin}/callbacks/${keep(reference)}`,
      toContinuationUrl: (rest: string, held?: string) =>
        `${standIn.origin}/callbacks/${keep({ rest, tag: held })}`,
      toMediaUrl: ({ url }) => `${standIn.origin}/media/${media.push(url) - 1}.wav`,
    });
    standIn.findings.push(...findings);
    return document ?? '<Response><Refused/></Response>';
  };

  const answer = (path: string, form: URLSearchParams, body: string): string => {
    if (path === '/translated') return translate(bxmlOf('/'), '/');
    if (!path.startsWith('/callbacks/')) {
      const event = JSON.parse(body) as Record<string, unknown>;
      standIn.events.push(describe(`${event.eventType}`, `${event.digits}`));
      return bxmlOf(path);
    }
    const reference = references[Number(path.slice('/callbacks/'.length))];
    if (reference === undefined) return '<Response/>';
    if ('rest' in reference) return translate(reference.rest, '/', reference.tag);
    if (form.get('Digits') === 'hangup') return '<Response/>';
    const { attribute, url, tag } = reference;
    standIn.events.push(describe(attribute.replace(/Url$/, ''), form.get('Digits') ?? ''));
    if (form.get('DialCallStatus') === 'completed') return '<Response/>';
    return translate(bxmlOf(new URL(url).pathname), new URL(url).pathname, tag);
  };

  const server = createServer((message, response) => {
    let body = '';
    message.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    message.on('end', () => reply(message, response, answer, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const standIn: StandIn = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events: [],
    findings: [],
    serve(application) {
      documents = application.documents;
      references = [];
      standIn.events = [];
      standIn.findings = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return standIn;
}

const describe = (event: string, digits: string) => (event === 'gather' ? `gather ${digits}` : event);

function reply(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  answer: (path: string, form: URLSearchParams, body: string) => string,
  body: string,
): void {
  const document = answer(url.split('?')[0] ?? '', new URLSearchParams(body), body);
  response.writeHead(200, {
    'content-type': 'application/xml; charset=utf-8',
    'content-length': Buffer.byteLength(document),
  });
  response.end(document);
}
