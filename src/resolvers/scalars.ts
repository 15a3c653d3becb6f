import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const dateTimeShape = /^(\d{4}-\d\d-\d\d)[Tt]((?:[01]\d|2[0-3]):\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
/** Other parsers than ours read `https:/x`, `https:///x` or a backslash in other ways. */
const urlShape = /^https?:\/\/[^/\s\p{Cc}\\][^\s\p{Cc}\\]*$/iu;
const longestUrl = 2048;

/** RFC 3339 in, with any offset; out in UTC with milliseconds, which is the form the domain holds. */
export const DateTime = new GraphQLScalarType<string, unknown>({
  name: 'DateTime',
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(textOf(node), node),
});

/** An absolute http or https URL without credentials, passed on as it was written. */
export const URLScalar = new GraphQLScalarType<string, unknown>({
  name: 'URL',
  parseValue: parseUrl,
  parseLiteral: (node) => parseUrl(textOf(node), node),
});

function textOf(node: ValueNode): string | undefined {
  return node.kind === Kind.STRING ? node.value : undefined;
}

/** @param node where the value stands, if it stands in the document */
function parseDateTime(value: unknown, node?: ValueNode): string {
  const match = typeof value === 'string' ? dateTimeShape.exec(value) : null;
  const [, date, time, fraction = '', offset] = match ?? [];
  // Date.parse rolls 30 February over into March; the same day must come back out.
  const day = new Date(`${date}T00:00:00Z`);
  const moment = new Date(`${date}T${time}${fraction.slice(0, 4)}${offset?.toUpperCase()}`);
  // An offset may lead out of the years that have four digits, and so out of the text order of time.
  const isMoment = !Number.isNaN(moment.getTime()) && /^\d{4}-/.test(moment.toISOString());
  if (!isMoment || day.toISOString().slice(0, 10) !== date) {
    throw invalid('A DateTime is RFC 3339 text with an offset, e.g. "2026-11-21T06:20:00Z".', node);
  }
  return moment.toISOString();
}

/** @param node as above */
function parseUrl(value: unknown, node?: ValueNode): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !urlShape.test(value as string)) {
    throw invalid('A URL is absolute, and http or https, e.g. "https://example.com/answer".', node);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('A URL must not hold a user name or password.', node);
  }
  if ((value as string).length > longestUrl)
    throw invalid(`A URL has at most ${longestUrl} characters.`, node);
  return value as string;
}

/** Says where the value stands; graphql-js does so itself for a variable alone. */
function invalid(message: string, node: ValueNode | undefined): GraphQLError {
  return new GraphQLError(message, { nodes: node ?? null, extensions: { code: 'INVALID_INPUT' } });
}
