/** One link of a `Link` header (RFC 8288). */
export interface WebLink {
  /** The URI reference as sent: neither resolved nor trusted. */
  readonly target: string;
  /** By name in lower case. The first value counts where a parameter is repeated. */
  readonly params: ReadonlyMap<string, string>;
}

/** The longest header that is read, in characters; HTTP/1 clients accept less. */
const longest = 65_536;

/**
 * Parses a `Link` header as RFC 8288, appendix B.2 and B.3, does: tolerates blanks, unquoted values and
 * empty elements. Stops at the first element that is not a link and returns the links before it. Takes time
 * linear in the length of the text.
 */
export function readLinks(header: string | string[] | undefined): WebLink[] {
  const text = Array.isArray(header) ? header.join(', ') : (header ?? '');
  const links: WebLink[] = [];
  if (text.length > longest) return links;
  let at = skip(text, 0, ' \t,');
  while (text[at] === '<') {
    const end = text.indexOf('>', at);
    if (end === -1) break;
    const params = new Map<string, string>();
    const target = text.slice(at + 1, end);
    at = skip(text, readParams(text, end + 1, params), ' \t,');
    links.push({ target, params });
  }
  return links;
}

/**
 * The target of the first link with this relation type, or undefined. A link with an `anchor` describes
 * another resource and is ignored (RFC 8288, section 3.2).
 */
export function findTarget(header: string | string[] | undefined, relation: string): string | undefined {
  return readLinks(header).find(
    ({ params }) => !params.has('anchor') && relationsOf(params.get('rel') ?? '').includes(relation),
  )?.target;
}

/** Relation types are compared without regard to case (RFC 8288, section 2.1.1). */
function relationsOf(rel: string): string[] {
  return rel.toLowerCase().split(/[ \t]+/);
}

/** Reads the parameters `; name=value` from `from` on, and returns the index after the last one. */
function readParams(text: string, from: number, params: Map<string, string>): number {
  let at = skip(text, from, ' \t');
  while (text[at] === ';') {
    const start = skip(text, at + 1, ' \t;');
    const stop = find(text, start, ' \t=;,');
    const name = text.slice(start, stop).toLowerCase();
    at = skip(text, stop, ' \t');
    let value = '';
    if (text[at] === '=') {
      at = skip(text, at + 1, ' \t');
      if (text[at] === '"') {
        const quoted = readQuoted(text, at);
        value = quoted.value;
        at = quoted.end;
      } else {
        const end = find(text, at, ';,');
        value = text.slice(at, end).trimEnd();
        at = end;
      }
    }
    if (name !== '' && !params.has(name)) params.set(name, value);
    at = skip(text, at, ' \t');
  }
  return at;
}

/** Reads a quoted-string (RFC 9110, section 5.6.4). One that is not closed ends with the text. */
function readQuoted(text: string, from: number): { value: string; end: number } {
  let value = '';
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at += 1;
    value += text[at] ?? '';
    at += 1;
  }
  return { value, end: at + 1 };
}

function skip(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && characters.includes(text[at] as string)) at += 1;
  return at;
}

function find(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && !characters.includes(text[at] as string)) at += 1;
  return at;
}
