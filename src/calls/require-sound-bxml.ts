import { checkBxml } from '../markup/check-bxml.ts';
import type { Finding } from '../markup/finding.ts';
import { Refusal } from './failure.ts';

/**
 * Requires that a BXML document may be sent: see `checkBxml`. The message tells of the first ERROR, by line and column.
 *
 * @param field the path of the input that holds it
 * @throws Refusal INVALID_INPUT
 */
export function requireSoundBxml(bxml: string, field: readonly string[]): void {
  const errors = checkBxml(bxml).filter(({ level }) => level === 'ERROR');
  if (errors.length > 0) throw new Refusal('INVALID_INPUT', describeFindings(errors, 'errors'), { field });
}

/**
 * Describes the first finding with its place, and how many more there are.
 *
 * @param what the plural noun for the others, such as `errors`
 */
export function describeFindings([first, ...others]: readonly Finding[], what: string): string {
  if (first === undefined) return '';
  const { message, line, column, rule } = first;
  const place = rule === 'size' ? message : message.replace(/\.$/, ` (line ${line}, column ${column}).`);
  return others.length === 0 ? place : `${place} Further ${what}: ${others.length}.`;
}
