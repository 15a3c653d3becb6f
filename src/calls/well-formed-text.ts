import { invalidInput } from './failure.ts';

/**
 * Requires every text in an input, however deep, to be well-formed Unicode, without lone
 * surrogates. JSON can carry one, but UTF-8 cannot: it would reach the provider as U+FFFD.
 *
 * @param field the path of the input
 * @throws Refusal INVALID_INPUT that names the first text that is not
 */
export function requireWellFormedText(input: unknown, field: readonly string[]): void {
  if (typeof input === 'string') {
    if (input.isWellFormed()) return;
    throw invalidInput(field, 'holds half of a surrogate pair, which is no character');
  }
  if (typeof input !== 'object' || input === null) return;
  for (const [name, value] of Object.entries(input)) requireWellFormedText(value, [...field, name]);
}
