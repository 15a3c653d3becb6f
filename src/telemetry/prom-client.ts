export type PromClient = typeof import('prom-client');

/** Loads the optional package `prom-client`; undefined if it is not installed. */
export async function loadPromClient(): Promise<PromClient | undefined> {
  try {
    return await import('prom-client');
  } catch {
    return undefined;
  }
}
