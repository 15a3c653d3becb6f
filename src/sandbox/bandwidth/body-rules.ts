import { SOMETHING_WRONG } from './errors.ts';

/** A JSON body, or an object within it, before its members are known. */
export type Members = Readonly<Record<string, unknown>>;
/** Returns the error of a body, undefined if it is valid. */
export type Rule = (body: Members) => string | undefined;

/** Whether a member has a value; null means that it is absent. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** Parses JSON; undefined if it is not an object. */
export function readObject(text: string): Members | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Length in characters as JSON Schema's `maxLength` counts them: code points (RFC 8259, section 1). */
export function isWithin(text: string, limit: number): boolean {
  return text.length <= limit || (text.length <= 2 * limit && [...text].length <= limit);
}

/** Requires a string of at most `limit` characters. */
export function textRule(member: string, limit: number): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value)) return undefined;
    return typeof value === 'string' && isWithin(value, limit) ? undefined : SOMETHING_WRONG;
  };
}

/** The characters of a URI and whole percent-encodings, nothing else. RFC 3986, appendix A. */
const URI = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;

/** Requires an http or https URI; https if credentials are given with it. */
export function urlRule(member: string, credentials: readonly string[] = []): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value)) return undefined;
    const protocol = typeof value === 'string' && URL.canParse(value) ? new URL(value).protocol : '';
    if (protocol !== 'http:' && protocol !== 'https:')
      return `Invalid ${member}: only http and https are allowed`;
    if (!URI.test(String(value))) return SOMETHING_WRONG;
    const secret = credentials.some((name) => isGiven(body[name]));
    return secret && protocol === 'http:' ? SOMETHING_WRONG : undefined;
  };
}

/** Requires GET or POST. The documented message names the URL: `Invalid answerUrl method. …` */
export function methodRule(member: string): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value) || value === 'GET' || value === 'POST') return undefined;
    return `Invalid ${member.replace(/Method$/, 'Url')} method. Supported methods: [POST, GET]`;
  };
}

/** Requires a number, integer or not. */
export function numberRule(member: string): Rule {
  return ({ [member]: value }) =>
    !isGiven(value) || typeof value === 'number' ? undefined : SOMETHING_WRONG;
}

/** Requires a number between two others, inclusive. */
export function rangeRule(member: string, lowest: number, highest: number): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value)) return undefined;
    if (typeof value !== 'number') return SOMETHING_WRONG;
    if (value >= lowest && value <= highest) return undefined;
    return `${member} must be within the range [${lowest}, ${highest}], but was ${value}`;
  };
}

/** Requires a boolean. */
export function booleanRule(member: string): Rule {
  return ({ [member]: value }) =>
    !isGiven(value) || typeof value === 'boolean' ? undefined : SOMETHING_WRONG;
}

/** Requires a tag of at most 4096 characters. */
export const tagRule: Rule = ({ tag }) => {
  if (!isGiven(tag)) return undefined;
  if (typeof tag !== 'string') return SOMETHING_WRONG;
  return isWithin(tag, 4096)
    ? undefined
    : 'Could not create call: sendCallback tag must contain at most 4096 characters';
};

/** Returns the first error found by any of the rules. */
export function findFault(rules: readonly Rule[], body: Members): string | undefined {
  for (const rule of rules) {
    const fault = rule(body);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
