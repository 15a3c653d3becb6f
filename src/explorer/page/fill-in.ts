import { type Found, type LookUp, lookUps } from './look-ups.ts';

/** Runs an operation of a look-up against the server. */
export type Ask = (operation: { query: string }) => Promise<{ data?: { found?: Found | null } | null }>;

/** How long a call just created may take to be answered, in seconds. */
const PATIENCE = 10;

/**
 * A tab's variables with every placeholder, such as `<Bandwidth call in progress>`, replaced by what the sandbox
 * has at this moment: call ids and cursors cannot be written down beforehand. All other values stay.
 * Throws an Error that names the placeholder when there is nothing of the kind.
 */
export async function fillIn(value: unknown, ask: Ask): Promise<unknown> {
  if (typeof value === 'string') {
    const lookUp = lookUps.get(value);
    return lookUp ? find(value, lookUp, ask) : value;
  }
  if (Array.isArray(value)) return Promise.all(value.map((item) => fillIn(item, ask)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await fillIn(item, ask)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function find(placeholder: string, { query, take, create }: LookUp, ask: Ask): Promise<string> {
  const look = async () => {
    const { data } = await ask({ query });
    return data?.found ? take(data.found) : undefined;
  };
  let value = await look();
  if (!value && create) {
    await ask({ query: create });
    for (let waited = 0; !value && waited < PATIENCE; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      value = await look();
    }
  }
  if (!value) throw new Error(`Found nothing to put for ${placeholder}: put an id of your own in its place.`);
  return value;
}
