import type { Placeholders } from './placeholders.ts';

/**
 * Replaces every placeholder in a tab's variables, such as `<Bandwidth call in progress>`, with a current value of the
 * server. Account ids, call ids and cursors are not known in advance. Other values are unchanged.
 *
 * @throws Error that names the placeholder if the server has no such value
 */
export async function fillPlaceholders(value: unknown, placeholders: Placeholders): Promise<unknown> {
  if (typeof value === 'string') {
    const lookUp = placeholders.get(value);
    if (lookUp === undefined) return value;
    const found = await lookUp();
    if (found !== undefined) return found;
    throw new Error(`No value found for ${value}: replace it with a value of your own.`);
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => fillPlaceholders(item, placeholders)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    async ([key, item]) => [key, await fillPlaceholders(item, placeholders)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
