/** One link of a `Link` header. */
export interface WebLink {
  /** The URI reference as sent: neither resolved nor trusted. */
  readonly target: string;
  /** By name in lower case; of a parameter given more than once, the first counts. */
  readonly params: ReadonlyMap<string, string>;
}

/** Longest header read, in characters; more than any HTTP/1 client takes in. */
const longest = 65_536;

/**
 * The links of a `Link` header as RFC 8288, appendix B.2 and B.3, reads them: tolerant of blanks,
 * unquoted values and empty elements, and giving up at the first thing that is no link, with what it
 * has by then. Takes time linear in the length, whatever the text.
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
 * The target of the first link with this relation, or undefined. Links that an `anchor` gives another
 * context speak of another resource and are passed over (RFC 8288, section 3.2).
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

/** Reads `; name=value` as long as there is one, and tells where it stopped. */
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

/** A quoted-string (RFC 9110, section 5.6.4); one that is not closed ends with the text. */
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
