import { type RcmlElement, rcml } from './rcml-element.ts';

/** Prints a document. It contains only elements and text: no comments, no CDATA. */
export function printRcml(verbs: readonly RcmlElement[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(rcml('Response', {}, verbs), '')}`;
}

function print({ name, attributes, content }: RcmlElement, indent: string): string {
  let tag = `${indent}<${name}`;
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) tag += ` ${key}="${typeof value === 'string' ? escapeXml(value) : value}"`;
  }
  if (content.length === 0) return `${tag}/>\n`;
  if (typeof content === 'string') return `${tag}>${escapeXml(content)}</${name}>\n`;
  let inner = '';
  for (const each of content) inner += print(each, `${indent}  `);
  return `${tag}>\n${inner}${indent}</${name}>\n`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes a text, or the value of an attribute in quotation marks. */
export function escapeXml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (each) => escapes[each] ?? each) : text;
}
