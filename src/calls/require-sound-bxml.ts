import { checkBxml } from '../markup/check-bxml.ts';
import { Refusal } from './failure.ts';

/**
 * Requires that a BXML document may be sent: see `checkBxml`. The message tells of the first ERROR, by line and column.
 *
 * @param field the path of the input that holds it
 * @throws Refusal INVALID_INPUT
 */
export function requireSoundBxml(bxml: string, field: readonly string[]): void {
  const errors = checkBxml(bxml).filter(({ level }) => level === 'ERROR');
  const [first] = errors;
  if (first === undefined) return;
  const { message, line, column, rule } = first;
  const place = rule === 'size' ? message : message.replace(/\.$/, ` (line ${line}, column ${column}).`);
  const others = errors.length === 1 ? '' : ` Further errors: ${errors.length - 1}.`;
  throw new Refusal('INVALID_INPUT', `${place}${others}`, { field });
}
