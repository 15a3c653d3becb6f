/** An XML element with text, children, or neither, which is serialized as `<Name/>`. */
export interface Element {
  readonly name: string;
  readonly attributes?: readonly (readonly [name: string, value: string])[];
  readonly children?: readonly Element[];
  readonly text?: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escapes as XStream does: five characters by name, control characters by number (which XML does not allow). */
function escapeText(text: string): string {
  return text.replace(/[&<>"']|\p{Cc}/gu, (character) => {
    if (character === '\t' || character === '\n') return character;
    return ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

/** Serializes XML as XStream does: no XML declaration, two spaces, one line per element, none at the end. */
export function toXml(element: Element, indent = ''): string {
  const attributes = (element.attributes ?? [])
    .map(([name, value]) => ` ${name}="${escapeText(value)}"`)
    .join('');
  const head = `${indent}<${element.name}${attributes}`;
  if (element.children !== undefined && element.children.length > 0) {
    const inner = element.children.map((child) => toXml(child, `${indent}  `)).join('\n');
    return `${head}>\n${inner}\n${indent}</${element.name}>`;
  }
  if (element.text === undefined || element.text === '') return `${head}/>`;
  return `${head}>${escapeText(element.text)}</${element.name}>`;
}
