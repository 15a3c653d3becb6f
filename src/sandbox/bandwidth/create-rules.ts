import {
  booleanRule,
  findFault,
  isGiven,
  isWithin,
  methodRule,
  type Rule,
  rangeRule,
  readObject,
  tagRule,
  textRule,
  urlRule,
} from './body-rules.ts';
import { BAD_REQUEST, SOMETHING_WRONG } from './errors.ts';
import { machineDetectionRule } from './machine-detection.ts';

/** Returns the body if it is valid, else the description of the 400. */
export function readCreate(text: string, applicationId: string): { body: CreateBody } | { wrong: string } {
  const body = readObject(text);
  if (body === undefined) return { wrong: BAD_REQUEST };
  const wrong = findFault(RULES, body);
  if (wrong !== undefined) return { wrong };
  if (body.applicationId !== applicationId) {
    return { wrong: `Could not create call: Application id ${String(body.applicationId)} not found` };
  }
  return { body: body as CreateBody };
}

/** A createCall body that passed the rules. Source: Bandwidth spec, createCall. */
export interface CreateBody {
  readonly to: string;
  readonly from: string;
  readonly applicationId: string;
  readonly answerUrl: string;
  readonly [member: string]: unknown;
}

const E164 = /^\+[1-9]\d{1,14}$/;
const SIP = /^sips?:[^@\s]+@[^@\s]+$/;
const PRIVACY_WORDS = new Set(['Restricted', 'Anonymous', 'Private', 'Unavailable']);

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
  booleanRule('privacy'),
  ({ privacy, displayName }) => {
    if (!isGiven(displayName)) return undefined;
    const allowed =
      typeof displayName === 'string' && isWithin(displayName, 256) && !/\p{Cc}/u.test(displayName);
    if (!allowed || (privacy === true && !PRIVACY_WORDS.has(displayName))) return SOMETHING_WRONG;
    return undefined;
  },
  machineDetectionRule,
];
