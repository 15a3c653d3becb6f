import { hash } from 'node:crypto';
import type { ClaimSettings } from '../config/claim-settings.ts';
import { type Caller, createCaller, type Right } from './caller.ts';

const rights: readonly Right[] = ['read', 'write'];

/** Who a caller is, as the issuer of a token or a proxy says. */
export interface Subject {
  /** How the caller was authenticated: the id begins with it. */
  readonly by: string;
  /** Who says so: the same subject of another issuer is another caller. */
  readonly issuer: string;
  /** The id of the caller there, of any length. */
  readonly id: unknown;
  /** When the claims expire, in milliseconds since the epoch; undefined if they do not. */
  readonly expiresAt: number | undefined;
}

/**
 * The caller that claims describe, with the rights that they give: none without claims about rights. Undefined without
 * a subject.
 */
export function toCaller(
  { by, issuer, id, expiresAt }: Subject,
  claims: Readonly<Record<string, unknown>>,
  { accountsClaim, mayClaim }: ClaimSettings,
): Caller | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  // Hash the subject: it may be of any length, and may be an e-mail address.
  const digest = hash('sha256', JSON.stringify([issuer, id]), 'base64url');
  const words = wordsOf(claims, mayClaim);
  const granted = {
    accounts: wordsOf(claims, accountsClaim),
    may: rights.filter((right) => words.includes(right)),
  };
  return createCaller(`${by}:${digest.slice(0, 22)}`, granted, expiresAt);
}

/** A claim that is a list of strings, or one string of words separated by spaces, as `scope` (RFC 8693, section 4.2). */
function wordsOf(claims: Readonly<Record<string, unknown>>, claim: string): readonly string[] {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList ? value : [];
}
