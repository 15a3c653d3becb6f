import { BAD_REQUEST, SOMETHING_WRONG } from './errors.ts';

/** A createCall body that passed the rules. Source: Bandwidth spec, createCall. */
export interface CreateBody {
  readonly to: string;
  readonly from: string;
  readonly applicationId: string;
  readonly answerUrl: string;
  readonly [member: string]: unknown;
}

type Members = Readonly<Record<string, unknown>>;
/** Says what is wrong with a body, or nothing. */
type Rule = (body: Members) => string | undefined;

const E164 = /^\+[1-9]\d{1,14}$/;
const SIP = /^sips?:[^@\s]+@[^@\s]+$/;
const PRIVACY_WORDS = new Set(['Restricted', 'Anonymous', 'Private', 'Unavailable']);

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** Parsed JSON if it is an object, else nothing. */
export function readObject(text: string): Members | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Members)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Texts no longer than the schema says. */
export function textRule(member: string, limit: number): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value)) return undefined;
    return typeof value === 'string' && value.length <= limit ? undefined : SOMETHING_WRONG;
  };
}

/** An http or https address; https if credentials go with it. */
export function urlRule(member: string, credentials: readonly string[] = []): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value)) return undefined;
    const protocol = typeof value === 'string' && URL.canParse(value) ? new URL(value).protocol : '';
    if (protocol !== 'http:' && protocol !== 'https:')
      return `Invalid ${member}: only http and https are allowed`;
    const secret = credentials.some((name) => isGiven(body[name]));
    return secret && protocol === 'http:' ? SOMETHING_WRONG : undefined;
  };
}

/** GET or POST. The documented text names the address: `Invalid answerUrl method. …` */
export function methodRule(member: string): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value) || value === 'GET' || value === 'POST') return undefined;
    return `Invalid ${member.replace(/Method$/, 'Url')} method. Supported methods: [POST, GET]`;
  };
}

function rangeRule(member: string, lowest: number, highest: number): Rule {
  return (body) => {
    const value = body[member];
    if (!isGiven(value)) return undefined;
    if (typeof value !== 'number') return SOMETHING_WRONG;
    if (value >= lowest && value <= highest) return undefined;
    return `${member} must be within the range [${lowest}, ${highest}], but was ${value}`;
  };
}

/** At most 4096 characters. */
export const tagRule: Rule = ({ tag }) => {
  if (!isGiven(tag)) return undefined;
  if (typeof tag !== 'string') return SOMETHING_WRONG;
  return tag.length > 4096
    ? 'Could not create call: sendCallback tag must contain at most 4096 characters'
    : undefined;
};

const REQUIRED = ['from', 'to', 'answerUrl', 'applicationId'];

const RULES: readonly Rule[] = [
  (body) =>
    REQUIRED.some((member) => !isGiven(body[member]) || body[member] === '')
      ? `Missing at least one required field. Required fields are [${REQUIRED.join(', ')}]`
      : undefined,
  ({ to }) =>
    typeof to === 'string' && (E164.test(to) || SIP.test(to))
      ? undefined
      : 'Invalid to: must be an E164 telephone number',
  ({ from }) =>
    typeof from === 'string' && E164.test(from)
      ? undefined
      : 'Invalid from: must be an E164 telephone number',
  urlRule('answerUrl', ['username', 'password']),
  urlRule('answerFallbackUrl', ['fallbackUsername', 'fallbackPassword']),
  urlRule('disconnectUrl'),
  ...['answerUrl', 'answerFallbackUrl', 'disconnectUrl'].map((member) => textRule(member, 2048)),
  ...['answerMethod', 'answerFallbackMethod', 'disconnectMethod'].map(methodRule),
  ...['username', 'password', 'fallbackUsername', 'fallbackPassword'].map((member) => textRule(member, 1024)),
  rangeRule('callTimeout', 1, 300),
  rangeRule('callbackTimeout', 1, 25),
  rangeRule('priority', 1, 5),
  ({ priority }) => (!isGiven(priority) || Number.isInteger(priority) ? undefined : SOMETHING_WRONG),
  tagRule,
  textRule('uui', 350),
  ({ privacy }) => (!isGiven(privacy) || typeof privacy === 'boolean' ? undefined : SOMETHING_WRONG),
  ({ privacy, displayName }) => {
    if (!isGiven(displayName)) return undefined;
    const allowed =
      typeof displayName === 'string' && displayName.length <= 256 && !/\p{Cc}/u.test(displayName);
    if (!allowed || (privacy === true && !PRIVACY_WORDS.has(displayName))) return SOMETHING_WRONG;
    return undefined;
  },
  ({ machineDetection }) =>
    !isGiven(machineDetection) || (typeof machineDetection === 'object' && !Array.isArray(machineDetection))
      ? undefined
      : SOMETHING_WRONG,
];

/** The body if it may be dialled, else the description of the 400. */
export function readCreate(text: string, applicationId: string): { body: CreateBody } | { wrong: string } {
  const body = readObject(text);
  if (body === undefined) return { wrong: BAD_REQUEST };
  for (const rule of RULES) {
    const wrong = rule(body);
    if (wrong !== undefined) return { wrong };
  }
  if (body.applicationId !== applicationId) {
    return { wrong: `Could not create call: Application id ${String(body.applicationId)} not found` };
  }
  return { body: body as CreateBody };
}
