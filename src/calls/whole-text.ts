import { Refusal } from './failure.ts';

/**
 * Whether a text is whole Unicode. JSON can carry half a surrogate pair, which UTF-8 cannot: it would reach
 * the provider as U+FFFD.
 */
export function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/**
 * Refuses an input in which a text, however deep, is not whole Unicode.
 *
 * @param field where in the arguments the input stands
 * @throws Refusal INVALID_INPUT that names the first such text
 */
export function requireWholeText(input: unknown, field: readonly string[]): void {
  if (typeof input === 'string') {
    if (isWhole(input)) return;
    const message = `\`${field.join('.')}\` holds half of a surrogate pair, which is no character.`;
    throw new Refusal('INVALID_INPUT', message, { field });
  }
  if (typeof input !== 'object' || input === null) return;
  for (const [name, value] of Object.entries(input)) requireWholeText(value, [...field, name]);
}
