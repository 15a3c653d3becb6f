import type { LookUps } from './look-ups.ts';

/**
 * A tab's variables with every placeholder, such as `<Bandwidth call in progress>`, replaced by what the server
 * has at this moment: account ids, call ids and cursors cannot be written down beforehand. Other values stay.
 *
 * @throws Error that names the placeholder when there is nothing of the kind
 */
export async function fillIn(value: unknown, lookUps: LookUps): Promise<unknown> {
  if (typeof value === 'string') {
    const lookUp = lookUps.get(value);
    if (lookUp === undefined) return value;
    const found = await lookUp();
    if (found !== undefined) return found;
    throw new Error(`Found nothing to put for ${value}: put a value of your own in its place.`);
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => fillIn(item, lookUps)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    async ([key, item]) => [key, await fillIn(item, lookUps)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
