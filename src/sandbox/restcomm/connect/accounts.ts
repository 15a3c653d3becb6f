import { createHash } from 'node:crypto';
import { readBasic } from '../../basic-credentials.ts';
import type { Received } from '../../journal.ts';
import type { Reply } from '../../send-reply.ts';
import { empty } from '../replies.ts';

/** Returns the caller, or the error: 401 empty with a challenge, 403 for an inactive account. SecurityFilter.java */
export function authenticate(accounts: readonly ConnectAccount[], request: Received): ConnectAccount | Reply {
  const basic = readBasic(request.headers.authorization);
  const caller = basic.kind === 'pair' ? findCaller(accounts, basic.username, basic.password) : undefined;
  if (caller === undefined) return empty(401, { 'WWW-Authenticate': 'Basic realm="Restcomm realm"' });
  if (caller.status === undefined || caller.status === 'active') return caller;
  return { status: 403, headers: { 'Content-Type': 'text/plain' }, body: 'Provided Account is not active' };
}

/** An account at Restcomm Connect. */
export interface ConnectAccount {
  readonly sid: string;
  /** The password of HTTP Basic. A password with this MD5 digest is accepted too. */
  readonly authToken: string;
  readonly email?: string;
  readonly friendlyName?: string;
  readonly parentSid?: string;
  /** active by default */
  readonly status?: 'active' | 'suspended' | 'closed';
  /** False: no permission for calls, 403. */
  readonly mayCall?: boolean;
}

function findCaller(accounts: readonly ConnectAccount[], name: string, password: string) {
  const digest = createHash('md5').update(password).digest('hex');
  return accounts.find((account) => {
    const named = account.sid === name || (account.email !== undefined && account.email === name);
    return named && (account.authToken === password || account.authToken === digest);
  });
}

/** Finds the account that a path names by sid, e-mail or friendly name. */
export function findAccount(accounts: readonly ConnectAccount[], name: string): ConnectAccount | undefined {
  return accounts.find(
    ({ sid, email, friendlyName }) => sid === name || email === name || friendlyName === name,
  );
}

/** Whether a caller may act for an account: its own or a descendant. PermissionEvaluator.java */
export function mayActFor(
  accounts: readonly ConnectAccount[],
  caller: ConnectAccount,
  target: ConnectAccount,
): boolean {
  if (caller.mayCall === false) return false;
  const seen = new Set<string>();
  let account: ConnectAccount | undefined = target;
  while (account !== undefined && !seen.has(account.sid)) {
    if (account.sid === caller.sid) return true;
    seen.add(account.sid);
    const { parentSid }: ConnectAccount = account;
    account = accounts.find((other) => other.sid === parentSid);
  }
  return false;
}

/** The sids of an account's descendants, three levels deep as the server's recursion goes by default. */
export function descendantsOf(
  accounts: readonly ConnectAccount[],
  sid: string,
  depth = 3,
): readonly string[] {
  if (depth === 0) return [];
  const children = accounts.filter((account) => account.parentSid === sid).map((account) => account.sid);
  return [...children, ...children.flatMap((child) => descendantsOf(accounts, child, depth - 1))];
}
