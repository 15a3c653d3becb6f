/** An element of an RCML document. An attribute that is undefined is left out. */
export interface RcmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  /** One text, or elements: Restcomm keeps only the last text of mixed content (markup.md §3). */
  readonly content: string | readonly RcmlElement[];
}

export function rcml(
  name: string,
  attributes: RcmlElement['attributes'] = {},
  content: RcmlElement['content'] = [],
): RcmlElement {
  return { name, attributes, content };
}

/** The document of some verbs. Its text holds no markup but elements: no comments, no CDATA. */
export function toRcmlText(verbs: readonly RcmlElement[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(rcml('Response', {}, verbs), '')}`;
}

function print({ name, attributes, content }: RcmlElement, indent: string): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const open = `${indent}<${[name, ...given.map(([key, value]) => `${key}="${escapeXml(`${value}`)}"`)].join(' ')}`;
  if (content.length === 0) return `${open}/>\n`;
  if (typeof content === 'string') return `${open}>${escapeXml(content)}</${name}>\n`;
  const inner = content.map((each) => print(each, `${indent}  `)).join('');
  return `${open}>\n${inner}${indent}</${name}>\n`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Line breaks and tabs in an attribute would be read as blanks. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (each) => escapes[each] ?? `&#${each.charCodeAt(0)};`);
}
