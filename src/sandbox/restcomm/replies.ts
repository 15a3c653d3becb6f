import type { Reply } from '../send-reply.ts';
import { toJson } from './json.ts';
import { type Element, toXml } from './xml.ts';

/** The format of a response. */
export type Form = 'json' | 'xml';

/** The Content-Type of a format. Restcomm sets no charset. */
export function typeOf(form: Form): Readonly<Record<string, string>> {
  return { 'Content-Type': form === 'json' ? 'application/json' : 'application/xml' };
}

/** An error without a body, as most are. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}

/** An error with a plain text body, under the negotiated type. */
export function text(status: number, form: Form, body: string): Reply {
  return { status, headers: typeOf(form), body };
}

/** An error in the negotiated format: `{"message":"…"}`, or a Message element. */
export function message(status: number, form: Form, words: string): Reply {
  const body =
    form === 'json'
      ? JSON.stringify({ message: words })
      : toXml({ name: 'RestcommResponse', children: [{ name: 'Message', text: words }] });
  return { status, headers: typeOf(form), body };
}

/** The error page of the servlet container, for an exception that the application does not catch. */
export function page(status: number, words: string): Reply {
  const title = status === 404 ? 'Not Found' : 'Internal Server Error';
  const body = `<html><head><title>Error</title></head><body><h1>HTTP Status ${status} - ${title}</h1><p>${words}</p></body></html>`;
  return { status, headers: { 'Content-Type': 'text/html;charset=UTF-8' }, body };
}

/** 200 with JSON, without an envelope. */
export function json(value: unknown): Reply {
  return { status: 200, headers: typeOf('json'), body: toJson(value) };
}

/** 200 with XML, in the root element `RestcommResponse` by default. */
export function xml(element: Element, root = 'RestcommResponse'): Reply {
  return { status: 200, headers: typeOf('xml'), body: toXml({ name: root, children: [element] }) };
}

/** The response for the status of an injected fault: an error page for 5xx, no body for others. */
export function toErrorReply(status: number): Reply {
  return status >= 500 ? page(status, 'java.lang.RuntimeException') : empty(status);
}
