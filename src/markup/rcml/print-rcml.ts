import { type RcmlElement, rcml } from './rcml-element.ts';

/** The document of some verbs. It holds nothing but elements and text: no comments, no CDATA. */
export function printRcml(verbs: readonly RcmlElement[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(rcml('Response', {}, verbs), '')}`;
}

function print({ name, attributes, content }: RcmlElement, indent: string): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const tag = [name, ...given.map(([key, value]) => `${key}="${escapeXml(`${value}`)}"`)].join(' ');
  if (content.length === 0) return `${indent}<${tag}/>\n`;
  if (typeof content === 'string') return `${indent}<${tag}>${escapeXml(content)}</${name}>\n`;
  const inner = content.map((each) => print(each, `${indent}  `)).join('');
  return `${indent}<${tag}>\n${inner}${indent}</${name}>\n`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For a text, and for an attribute in quotation marks. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (each) => escapes[each] ?? each);
}
