import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';
import { isSipUri } from '../../calls/sip-uri.ts';

type Path = readonly string[];
type Credentials = { readonly username: string; readonly password: string } | undefined;

/**
 * Checks the documented limits before anything is sent, so that the client learns which value is wrong: Bandwidth tells
 * one at a time, not always by name. What is not documented passes. Lengths are in characters, not in UTF-16 units.
 *
 * @throws ProviderError INVALID_INPUT
 */
export function checkNewCall(call: NewCall, account: Account): void {
  const { bandwidth = {} } = call;
  const { callbackCredentials, fallbackCredentials, machineDetection: detection = {} } = bandwidth;
  const own = ['input', 'bandwidth'];
  const check = checkerOf(account);
  check(
    isNumber(call.to) || isSipUri(call.to),
    ['input', 'to'],
    'must be a number like +19195551234 or a SIP URI',
  );
  check(isNumber(call.from), ['input', 'from'], 'must be a number like +19195551234');
  const secure = 'must be https, since credentials go with it';
  for (const name of ['answerUrl', 'fallbackUrl', 'statusUrl'] as const) {
    check(isWithin(call[name], 2048), ['input', name], 'must have at most 2048 characters');
  }
  check(isSafe(call.answerUrl, callbackCredentials), ['input', 'answerUrl'], secure);
  check(isSafe(call.fallbackUrl, fallbackCredentials), ['input', 'fallbackUrl'], secure);
  check(isBetween(call.ringTimeout, 1, 300), ['input', 'ringTimeout'], 'must be 1 to 300 seconds');
  check(isBetween(bandwidth.callbackTimeout, 1, 25), [...own, 'callbackTimeout'], 'must be 1 to 25 seconds');
  check(isBetween(bandwidth.priority, 1, 5), [...own, 'priority'], 'must be 1 to 5');
  for (const [name, most] of [
    ['tag', 4096],
    ['uui', 350],
    ['displayName', 256],
  ] as const) {
    check(isWithin(bandwidth[name], most), [...own, name], `must have at most ${most} characters`);
    check(name === 'tag' || !hasControls(bandwidth[name]), [...own, name], controls);
  }
  check(
    bandwidth.privacy !== true || isPrivacyWord(bandwidth.displayName),
    [...own, 'displayName'],
    'must be Restricted, Anonymous, Private or Unavailable, since privacy is asked for',
  );
  checkCredentials(check, callbackCredentials, [...own, 'callbackCredentials']);
  checkCredentials(check, fallbackCredentials, [...own, 'fallbackCredentials']);
  for (const name of ['callbackUrl', 'fallbackUrl'] as const) {
    check(
      isWithin(detection[name], 2048),
      [...own, 'machineDetection', name],
      'must have at most 2048 characters',
    );
  }
  for (const name of ['callbackCredentials', 'fallbackCredentials'] as const) {
    checkCredentials(check, detection[name], [...own, 'machineDetection', name]);
  }
}

/** The same for a redirect, whose addresses have no documented length. @throws ProviderError INVALID_INPUT */
export function checkRedirect({ bandwidth = {} }: Redirect, account: Account): void {
  const own = ['input', 'change', 'redirect', 'bandwidth'];
  const check = checkerOf(account);
  check(isWithin(bandwidth.tag, 4096), [...own, 'tag'], 'must have at most 4096 characters');
  checkCredentials(check, bandwidth.callbackCredentials, [...own, 'callbackCredentials']);
  checkCredentials(check, bandwidth.fallbackCredentials, [...own, 'fallbackCredentials']);
}

const controls = 'must not hold control characters, such as a tab or a line break';

type Check = (isFine: boolean, field: Path, rule: string) => void;

function checkerOf(account: Account): Check {
  return (isFine, field, rule) => {
    if (isFine) return;
    throw new ProviderError('INVALID_INPUT', `At ${account.name}, \`${field.at(-1)}\` ${rule}.`, { field });
  };
}

/** HTTP Basic has no way of writing the rest: what is behind a colon is read as the password (RFC 7617, section 2). */
function checkCredentials(check: Check, credentials: Credentials, field: Path): void {
  check(!credentials?.username.includes(':'), [...field, 'username'], 'must not hold a colon');
  check(!hasControls(credentials?.username), [...field, 'username'], controls);
  check(!hasControls(credentials?.password), [...field, 'password'], controls);
  check(isWithin(credentials?.username, 1024), [...field, 'username'], 'must have at most 1024 characters');
  check(isWithin(credentials?.password, 1024), [...field, 'password'], 'must have at most 1024 characters');
}

/** E.164 by its sign and digits alone: which lengths Bandwidth takes is not published. */
function isNumber(text: string): boolean {
  return /^\+\d+$/.test(text);
}

function isWithin(text: string | undefined, limit: number): boolean {
  if (text === undefined || text.length <= limit) return true;
  // A character takes at most two units.
  return text.length <= 2 * limit && [...text].length <= limit;
}

function isBetween(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (value >= least && value <= most);
}

function isSafe(url: string | undefined, credentials: Credentials): boolean {
  return url === undefined || credentials === undefined || /^https:/i.test(url);
}

function hasControls(text: string | undefined): boolean {
  return text !== undefined && /\p{Cc}/u.test(text);
}

function isPrivacyWord(text: string | undefined): boolean {
  return text === undefined || ['Restricted', 'Anonymous', 'Private', 'Unavailable'].includes(text);
}
