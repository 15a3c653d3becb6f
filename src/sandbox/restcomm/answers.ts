import type { Reply } from '../reply.ts';
import { toJson } from './json.ts';
import { type Element, toXml } from './xml.ts';

/** The two forms of an answer. */
export type Form = 'json' | 'xml';

/** The Content-Type of a form; the code sets no charset. */
export function typeOf(form: Form): Readonly<Record<string, string>> {
  return { 'Content-Type': form === 'json' ? 'application/json' : 'application/xml' };
}

/** Most errors have no body at all. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}

/** Some errors are a bare text, under the type of whatever was negotiated. */
export function text(status: number, form: Form, body: string): Reply {
  return { status, headers: typeOf(form), body };
}

/** A few are worded in the form negotiated: `{"message":"…"}`, or a Message element. */
export function message(status: number, form: Form, words: string): Reply {
  const body =
    form === 'json'
      ? JSON.stringify({ message: words })
      : toXml({ name: 'RestcommResponse', children: [{ name: 'Message', text: words }] });
  return { status, headers: typeOf(form), body };
}

/** What nothing in the application catches ends as a page of the container. */
export function page(status: number, words: string): Reply {
  const title = status === 404 ? 'Not Found' : 'Internal Server Error';
  const body = `<html><head><title>Error</title></head><body><h1>HTTP Status ${status} - ${title}</h1><p>${words}</p></body></html>`;
  return { status, headers: { 'Content-Type': 'text/html;charset=UTF-8' }, body };
}

/** 200 in JSON, without envelope. */
export function json(value: unknown): Reply {
  return { status: 200, headers: typeOf('json'), body: toJson(value) };
}

/** 200 in XML, under the usual root unless another is named. */
export function xml(element: Element, root = 'RestcommResponse'): Reply {
  return { status: 200, headers: typeOf('xml'), body: toXml({ name: root, children: [element] }) };
}

/** What a server in trouble says: a page of the container for what it did not expect, else nothing. */
export function trouble(status: number): Reply {
  return status >= 500 ? page(status, 'java.lang.RuntimeException') : empty(status);
}
